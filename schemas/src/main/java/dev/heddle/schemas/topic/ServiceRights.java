package dev.heddle.schemas.topic;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What each service may do on a cluster with ACLs, and no more: the reference page and the tested installation are made
 * from this one list. Names are those of the default settings ({@code application.id}).
 */
public final class ServiceRights {

    /** Who needs rights. */
    public enum User {
        /** The transformer. */
        TRANSFORMER,
        /** The snapshotter. */
        SNAPSHOTTER,
        /** The gateway. */
        GATEWAY,
        /** A program that writes and follows operations without the gateway. */
        CLIENT,
        /** {@code heddle verify} and {@code heddle doctor}. */
        OPERATOR
    }

    /**
     * One right.
     *
     * @param type       what kind of thing it is about
     * @param pattern    whether the name is a beginning
     * @param name       the thing's name, or how it begins
     * @param operations what may be done
     * @param reason     what for
     */
    public record Right(ResourceType type, PatternType pattern, String name, List<AclOperation> operations,
                        String reason) {
    }

    private static final String ALL = "heddle.";
    private static final String OPS = "heddle.ops.";
    private static final Map<User, List<Right>> RIGHTS = rights();

    private ServiceRights() {
    }

    private static Map<User, List<Right>> rights() {
        Map<User, List<Right>> rights = new EnumMap<>(User.class);
        rights.put(User.TRANSFORMER, List.of(
            looks(),
            topics(OPS, "the raw logs it orders", READ),
            topic(Topics.CANONICAL, "what it decided", WRITE),
            topic(Topics.REJECTIONS, "what it refused", WRITE),
            topic(Topics.DEAD_LETTERS, "what it could not read", WRITE),
            topics("heddle-transformer-", "changelogs of its stores", CREATE, READ, WRITE, DESCRIBE_CONFIGS),
            new Right(ResourceType.GROUP, PatternType.LITERAL, "heddle-transformer", List.of(READ),
                "shares shards among instances")));
        rights.put(User.SNAPSHOTTER, List.of(
            looks(),
            topics(OPS, "rebuilds what is older than kept", READ),
            topic(Topics.CANONICAL, "folds it, and trims what snapshots cover", READ, WRITE),
            topic(Topics.SNAPSHOTS, "writes snapshots and reads them back", READ, WRITE),
            topic(Topics.DEAD_LETTERS, "what it could not read", WRITE),
            new Right(ResourceType.GROUP, PatternType.LITERAL, "heddle-snapshotter", List.of(READ),
                "shares shards among instances")));
        rights.put(User.GATEWAY, List.of(
            looks(),
            topics(ALL, "makes the topics of workspaces, and at the first start the shared ones", CREATE),
            topics(OPS, "what its clients write", WRITE),
            topic(Topics.CANONICAL, "what its clients are shown", READ),
            topic(Topics.REJECTIONS, "what its clients are told", READ),
            topic(Topics.PRESENCE, "where everybody is", READ, WRITE),
            topic(Topics.WORKSPACES, "which workspaces there are", READ, WRITE)));
        rights.put(User.CLIENT, List.of(
            topic(Topics.WORKSPACES, "finds the workspace's topic", READ),
            topic("heddle.ops.<shard>.<workspace>",
                "what it writes; a shared topic `heddle.ops.<shard>` lets it write all workspaces there", WRITE),
            topic(Topics.CANONICAL, "follows what was decided, of every workspace", READ),
            topic(Topics.REJECTIONS, "its own refusals, and others'", READ)));
        rights.put(User.OPERATOR, List.of(
            topics(ALL, "reads every log", READ, DESCRIBE_CONFIGS),
            new Right(ResourceType.GROUP, PatternType.PREFIXED, "heddle-", List.of(DESCRIBE), "how far services are"),
            new Right(ResourceType.CLUSTER, PatternType.LITERAL, "kafka-cluster", List.of(DESCRIBE),
                "which brokers there are")));
        return rights;
    }

    private static Right looks() {
        return topics(ALL, "checks that topics are as they must be", DESCRIBE, DESCRIBE_CONFIGS);
    }

    private static Right topics(String prefix, String reason, AclOperation... operations) {
        return new Right(ResourceType.TOPIC, PatternType.PREFIXED, prefix, List.of(operations), reason);
    }

    private static Right topic(String name, String reason, AclOperation... operations) {
        return new Right(ResourceType.TOPIC, PatternType.LITERAL, name, List.of(operations), reason);
    }

    /**
     * {@return the rights of a user}
     *
     * @param user the user
     */
    public static List<Right> of(User user) {
        return RIGHTS.get(user);
    }

    /**
     * {@return the ACLs that give a user its rights}
     *
     * @param user      the user
     * @param principal its name on the cluster, such as {@code User:heddle-gateway}
     */
    public static List<AclBinding> bindings(User user, String principal) {
        List<AclBinding> bindings = new ArrayList<>();
        for (Right right : of(user)) {
            for (AclOperation operation : right.operations()) {
                bindings.add(new AclBinding(new ResourcePattern(right.type(), right.name(), right.pattern()),
                    new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
            }
        }
        return bindings;
    }

    /** {@return the reference page} */
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
            # Rights on a cluster with ACLs

            Generated from `ServiceRights`; the test `SecuredStackIT` runs the whole system with exactly these and
            nothing else. `beginning` means a prefixed ACL. READ and WRITE imply DESCRIBE. With `exactly_once_v2` the
            transformer and the snapshotter need WRITE and DESCRIBE on transactional ids that begin with their
            `application.id` too. Start a gateway first, or make the shared topics by hand: only it may create topics.
            """);
        RIGHTS.forEach((user, rights) -> {
            page.append("\n## ").append(user.name().charAt(0)).append(user.name().substring(1).toLowerCase(Locale.ROOT))
                .append("\n\n| on | name | may | what for |\n| --- | --- | --- | --- |\n");
            for (Right right : rights) {
                page.append("| ").append(right.type().name().toLowerCase(Locale.ROOT)).append(" | `")
                    .append(right.name()).append('`')
                    .append(right.pattern() == PatternType.PREFIXED ? " (beginning)" : "").append(" | ")
                    .append(right.operations().stream().map(AclOperation::name).collect(Collectors.joining(", ")))
                    .append(" | ").append(right.reason()).append(" |\n");
            }
        });
        return page.toString();
    }
}
