package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.KeptHead;
import dev.heddle.cli.export.ExportFile;
import dev.heddle.cli.log.LogReader;
import dev.heddle.cli.render.Count;
import dev.heddle.cli.render.Progress;
import dev.heddle.cli.verify.Evidence;
import dev.heddle.cli.verify.Finding;
import dev.heddle.cli.verify.Head;
import dev.heddle.cli.verify.Report;
import dev.heddle.cli.verify.Verifier;
import dev.heddle.engine.workspace.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle verify}. */
@Command(name = "verify", description = {"Prove a workspace: run its raw log through the engine and compare every "
    + "canonical record byte for byte, every hash and every snapshot.",
    "Says where the first difference is and of which kind: ALTERED, DROPPED, INSERTED, SWAPPED or UNREADABLE. Versions "
        + "taken out of the canonical log behind snapshots are reported as pruned. Reads the topics themselves, or "
        + "with --file an export, without a broker. Exit code 1 where anything differs."},
    footer = {"", "Example: heddle verify demo", "Example: heddle verify --file demo.jsonl --head 52:9f3a…"})
final class VerifyVerb extends Verb {

    /** How long operations may be on their way from the raw to the canonical log before they count as missing. */
    private static final long LATE_MS = 10_000;

    @Parameters(arity = "0..1", paramLabel = "WORKSPACE", description = "The workspace's name; not needed with --file.")
    private String workspace;

    @Option(names = "--file", paramLabel = "FILE", description = "Verify this export instead of the topics.")
    private Path file;

    @Option(names = "--head", paramLabel = "HEAD",
        description = "A head kept earlier: that version must still have this hash. VERSION:HASH, HASH@VERSION, or a "
            + "file that heddle head wrote or the gateway's head call answered.")
    private String head;

    @Mixin
    private LogOptions options = new LogOptions();

    VerifyVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run() {
        Head kept = head == null ? null : head();
        if (file != null) {
            try (ExportFile export = new ExportFile(world.workingDirectory().resolve(file))) {
                if (workspace != null && !workspace.equals(export.workspace())) {
                    throw CliException.local(file + " holds workspace " + export.workspace() + ", not " + workspace,
                        null);
                }
                return report(export.workspace(), verify(export.workspace(), export.evidence(), kept));
            }
        }
        if (workspace == null) {
            throw CliException.usage("verify wants a workspace, or --file");
        }
        try (LogReader reader = options.place(world).reader()) {
            return advised(reader, workspace, () -> null,
                () -> report(workspace, verify(workspace, reader.log().evidence(workspace, LATE_MS), kept)));
        }
    }

    private Head head() {
        try {
            Path kept = world.workingDirectory().resolve(head);
            return Files.isRegularFile(kept) ? read(kept) : Head.parse(head);
        } catch (IllegalArgumentException error) {
            throw CliException.usage(error.getMessage() + ", or a file that holds one");
        } catch (IOException error) {
            throw CliException.local(head + " cannot be read: " + error.getMessage(), error);
        }
    }

    private Head read(Path kept) throws IOException {
        String text = Files.readString(kept).strip();
        if (!text.startsWith("{")) {
            return Head.parse(text.split("\\s", 2)[0]);
        }
        KeptHead said = KeptHead.of(new ObjectMapper().readTree(text));
        if (workspace != null && !workspace.equals(said.workspace())) {
            throw CliException.usage(head + " is of workspace " + said.workspace() + ", not of " + workspace);
        }
        return Head.parse(said.version() + ":" + said.hash());
    }

    private Report verify(String name, Evidence evidence, Head kept) {
        try (Progress progress = new Progress(console(), world.clock(), "verifying", evidence.rawMax())) {
            return new Verifier(options.place(world).limits().fold(name))
                .verify(evidence, kept, read -> progress.advance(1));
        }
    }

    private ExitCode report(String name, Report report) {
        if (json()) {
            print(shape(name, report));
        } else {
            tell(name, report);
        }
        return report.proven() ? ExitCode.OK : ExitCode.DIFFERENT;
    }

    private void tell(String name, Report report) {
        console().line(report.proven()
            ? style().green("proven: ") + style().bold(name) + " is what its raw log says, to version "
                + report.headVersion()
            : style().red("not proven: ") + style().bold(name) + " differs from what its raw log says, in "
                + report.findingsCount() + (report.findingsCount() == 1 ? " place" : " places"));
        for (Finding finding : report.findings()) {
            console().line("  " + style().red(finding.kind() + " in " + finding.log().name().toLowerCase(Locale.ROOT))
                + (finding.position() < 0 ? "" : " at " + (file == null ? "offset " : "line ") + finding.position())
                + ": " + finding.detail());
        }
        if (report.findingsCount() > report.findings().size()) {
            console().line("  and " + (report.findingsCount() - report.findings().size()) + " more");
        }
        console().line("head       " + new Head(report.headVersion(), report.headHash()));
        console().line("raw        " + Count.of(report.rawRecords(), "record")
            + (report.unreadableRaw() == 0 ? "" : ", " + report.unreadableRaw() + " of them unreadable")
            + (report.rawGapOffsets() == 0 ? "" : "; " + report.rawGapOffsets() + " offsets hold none"));
        console().line("canonical  " + Count.of(report.canonicalRecords(), "record")
            + (report.repeats() == 0 ? "" : ", " + report.repeats() + " of them repeats")
            + (report.prunedTo() == 0 ? "" : "; pruned to version " + report.prunedTo() + " behind snapshots"));
        console().line("snapshots  " + report.snapshots() + " compared");
    }

    private static ObjectNode shape(String name, Report report) {
        Hash hash = report.headHash();
        ObjectNode node = Shapes.object().put("workspace", name).put("proven", report.proven());
        node.putObject("head").put("version", report.headVersion()).put("hash", hash.hex());
        node.put("rawRecords", report.rawRecords()).put("unreadableRaw", report.unreadableRaw())
            .put("rawGapOffsets", report.rawGapOffsets()).put("canonicalRecords", report.canonicalRecords())
            .put("repeats", report.repeats()).put("prunedTo", report.prunedTo()).put("snapshots", report.snapshots())
            .put("differences", report.findingsCount());
        ArrayNode findings = node.putArray("findings");
        for (Finding finding : report.findings()) {
            ObjectNode shape = findings.addObject().put("log", finding.log().name().toLowerCase(Locale.ROOT))
                .put("kind", finding.kind().name()).put("version", finding.version());
            if (finding.position() >= 0) {
                shape.put("position", finding.position());
            }
            shape.put("detail", finding.detail());
        }
        return node;
    }
}
