package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.text.Change;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The hash encoding against its page: the worked example is generated, and fails on drift. */
class HashesTest {

    private static final String MARK = "<!-- example -->\n";

    private static Workbench example() {
        Workbench bench = new Workbench();
        bench.decide(new Submission(Workbench.ALICE, 1, 0, null, "Ada",
            new Operation.Create("src/a.rs", "a😀c", Workbench.FILE), 7, 1_700_000_000_000L));
        bench.decide(new Submission(Workbench.ALICE, 2, 0, 1L, null,
            Workbench.edit(new Change(1, 1, "é")), 8, 1_700_000_000_001L));
        bench.decide(new Submission(Workbench.BOB, 1, 2, null, "Bob", new Operation.Replace(Workbench.byId(),
            new Anchor("c", "", Anchor.Occurrence.FIRST)), 9, 1_700_000_000_002L));
        return bench;
    }

    private static String page() {
        StringBuilder out = new StringBuilder();
        for (CanonicalOperation operation : example().log) {
            out.append("\nVersion ").append(operation.version()).append(": `previousHash` ")
                .append(operation.previousHash()).append(",\n`bytes`\n\n");
            String hex = HexFormat.of().formatHex(CanonicalEncoding.bytes(operation));
            for (int start = 0; start < hex.length(); start += 100) {
                out.append("    ").append(hex, start, Math.min(hex.length(), start + 100)).append('\n');
            }
            out.append("\n`hash` ").append(operation.hash()).append("\n");
        }
        return out.toString();
    }

    @Test
    void shouldShowTheHashesTheEngineGives() throws IOException {
        Path file = Path.of(System.getProperty("heddle.root", ".."), "docs", "reference", "hashes.md");
        String whole = Files.readString(file);
        String head = whole.substring(0, whole.indexOf(MARK) + MARK.length());
        if ("update".equals(System.getProperty("heddle.golden"))) {
            Files.writeString(file, head + page());
        }
        assertThat(Files.readString(file)).as("refresh with -Dheddle.golden=update").isEqualTo(head + page());
    }

    /** The page's table, written down a second time. */
    @Test
    void shouldGiveTheBytesOfThePageWhenEncoded() throws Exception {
        CanonicalOperation edit = example().read(3);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(1);
        text(out, "demo");
        out.writeLong(3);
        out.writeByte(1);
        text(out, Workbench.FILE);
        out.writeByte(1);
        text(out, "src/a.rs");
        text(out, "Bob");
        text(out, Workbench.BOB);
        out.writeLong(1);
        out.writeLong(2);
        out.writeByte(0);
        out.writeLong(9);
        out.writeLong(1_700_000_000_002L);
        out.writeByte(1);
        out.writeInt(1);
        out.writeInt(2);
        out.writeInt(1);
        text(out, "");
        out.writeByte(1);
        text(out, "c");
        out.writeByte(1);
        text(out, "c");
        text(out, "");
        out.writeByte(1);
        assertThat(CanonicalEncoding.bytes(edit)).isEqualTo(bytes.toByteArray());
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(edit.previousHash().bytes());
        assertThat(edit.hash()).isEqualTo(Hash.of(digest.digest(bytes.toByteArray())));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    @Test
    void shouldDifferWhenAnyFieldDiffers() {
        CanonicalOperation operation = example().read(3);
        Operation.Edit edit = (Operation.Edit) operation.operation();
        Anchor all = new Anchor("c", "", Anchor.Occurrence.ALL);
        Anchor only = new Anchor("c", "", Anchor.Occurrence.ONLY);
        List<Operation> others = List.of(new Operation.Edit(edit.target(), edit.changes(), all),
            new Operation.Edit(edit.target(), edit.changes(), only), new Operation.Edit(edit.target(), edit.changes()),
            new Operation.Edit(edit.target(), List.of(new Change(2, 1, "", null)), edit.anchor()),
            new Operation.Delete(edit.target()), new Operation.Rename(edit.target(), operation.path()),
            new Operation.Create(operation.path(), "", operation.file()), new Operation.Noop());
        assertThat(others.stream().map(other -> HashChain.next(Hash.ZERO, new CanonicalOperation("demo", 3,
            operation.file(), operation.path(), "Bob", Workbench.BOB, 1, 2, null, 9, 1_700_000_000_002L, other,
            Hash.ZERO, Hash.ZERO))).distinct()).hasSize(others.size());
    }

    @Test
    void shouldReadAndShowHexWhenAsked() {
        Hash hash = example().read(1).hash();
        assertThat(Hash.ofHex(hash.hex())).isEqualTo(hash).hasSameHashCodeAs(hash);
        assertThat(hash.toString()).hasSize(64).isEqualTo(hash.hex());
        assertThat(Hash.of(hash.bytes())).isEqualTo(hash);
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException().isThrownBy(() -> Hash.of(new byte[31]))
            .withMessage("hash: 31 bytes (expected: 32)");
    }
}
