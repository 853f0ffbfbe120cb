package dev.heddle.schemas.topic;

/** Writes the reference page of topics from the catalogue. */
public final class TopicPage {

    private static final String HEAD = """
        # Topics

        Generated from `Topics` (module `schemas`); a test fails when this page differs from it.

        Keys are UTF-8 text. Values are Avro in Confluent's wire format with subjects by `RecordNameStrategy`; the
        schemas lie in `schemas/src/main/avro`. Shard of a workspace: `toPositive(murmur2(name)) %% heddle.shards` over
        the name in UTF-8, two digits in topic names; the number is fixed when an installation is created (default %d).
        A service creates the topics that are missing and refuses to start where an existing one breaks a rule below;
        settings not named here are the cluster's.

        Where a workspace's operations go is data: `opsTopic` of its record in `heddle.workspaces`. In the shared topic
        of a shard the key says whose a record is; a writer that always sends the workspace's name as key is right in
        both. A workspace can move (`heddle ws move`): `places` then lists the parts of its raw log, and `sourceOffset`
        is `part * 2^44 + offset`, which in the first part is the offset itself. A record behind the end of a part is
        refused as `UNAVAILABLE`: look `opsTopic` up again and send it there with the same seq. Never delete an ops
        topic: it is the record.

        | topic | key | value | partitions | partition of a record |
        | --- | --- | --- | --- | --- |
        """;

    private TopicPage() {
    }

    /** {@return the page as Markdown} */
    public static String markdown() {
        StringBuilder page = new StringBuilder(HEAD.formatted(Shards.DEFAULT));
        for (TopicSpec spec : Topics.catalogue(Shards.DEFAULT)) {
            page.append("| `").append(spec.name()).append("` | ").append(code(spec.key()))
                .append(" | ").append(code(spec.value()))
                .append(" | ").append(spec.partitions() == Shards.DEFAULT ? "one per shard" : "1")
                .append(" | ").append(spec.keyedBy()).append(" |\n");
        }
        for (TopicSpec spec : Topics.catalogue(Shards.DEFAULT)) {
            page.append("\n## `").append(spec.name()).append("`\n\n").append(spec.purpose()).append("\n\n")
                .append("| setting | value | on an existing topic | why |\n| --- | --- | --- | --- |\n");
            for (TopicSetting setting : spec.settings()) {
                page.append("| `").append(setting.name()).append("` | `").append(setting.value())
                    .append("` | ").append(setting.rule().sentence())
                    .append(" | ").append(setting.reason()).append(" |\n");
            }
        }
        return page.toString();
    }

    private static String code(String text) {
        return text.startsWith("<") || text.startsWith("dev.") ? '`' + text + '`' : text;
    }
}
