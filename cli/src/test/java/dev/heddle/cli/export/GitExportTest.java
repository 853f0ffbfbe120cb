package dev.heddle.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cli.CliException;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.cli.history.TreeFold;
import dev.heddle.cli.verify.RandomLog;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.teststack.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitExportTest {

    private static final long T = 1_795_176_000_000L;

    @TempDir
    private Path folder;
    private long version;

    private LoggedOperation op(String author, long timeMs, String file, String path, Operation operation) {
        version++;
        return new LoggedOperation(version, file, path, author, "s-" + author, version, timeMs,
            "%064x".formatted(version), operation);
    }

    private static Operation insert(String file, int at, String text) {
        return new Operation.Edit(FileReference.ofFile(file), List.of(new Change(at, 0, text)));
    }

    private List<RevCommit> commits(Path repository) throws Exception {
        try (Git git = Git.open(repository.toFile())) {
            List<RevCommit> newestFirst = new ArrayList<>();
            git.log().call().forEach(newestFirst::add);
            java.util.Collections.reverse(newestFirst);
            return newestFirst;
        }
    }

    @Test
    void shouldCommitPerAuthorBurstWhenAuthorsAndPausesChange() throws Exception {
        try (GitExport export = new GitExport(folder.resolve("r"), "demo")) {
            export.accept(op("ann", T, "f", "a.txt", new Operation.Create("a.txt", "one\r\n", "f")));
            export.accept(op("ann", T + 300_000, "f", "a.txt", insert("f", 0, "zero\n")));
            export.accept(op("ann", T + 600_001, "f", "a.txt", insert("f", 0, "x")));
            export.accept(op("bob <b@x>", T + 600_002, "f", "b.txt", new Operation.Rename(FileReference.ofFile("f"),
                "b.txt")));
            assertThat(export.finish()).isEqualTo(3);
        }
        List<RevCommit> commits = commits(folder.resolve("r"));
        assertThat(commits).extracting(RevCommit::getFullMessage).containsExactly(
            "Edit a.txt\n\nHeddle-Workspace: demo\nHeddle-Versions: 1..2\nHeddle-Hash: " + "%064x".formatted(2) + "\n",
            "Edit a.txt\n\nHeddle-Workspace: demo\nHeddle-Versions: 3..3\nHeddle-Hash: " + "%064x".formatted(3) + "\n",
            "Edit b.txt\n\nHeddle-Workspace: demo\nHeddle-Versions: 4..4\nHeddle-Hash: " + "%064x".formatted(4) + "\n");
        assertThat(commits.get(0).getAuthorIdent().getName()).isEqualTo("ann");
        assertThat(commits.get(0).getAuthorIdent().getWhenAsInstant().toEpochMilli()).isEqualTo(T + 300_000);
        assertThat(commits.get(0).getFooterLines("Heddle-Versions")).containsExactly("1..2");
        assertThat(commits.get(2).getAuthorIdent().getName()).isEqualTo("bob  b@x");
        assertThat(commits.get(2).getAuthorIdent().getEmailAddress()).isEqualTo("bob-b-x@heddle.invalid");
        assertThat(Files.readString(folder.resolve("r/b.txt"))).isEqualTo("xzero\none\r\n");
        assertThat(folder.resolve("r/a.txt")).doesNotExist();
    }

    @Test
    void shouldEndInTheWorkspacesTreeWhenTheLogIsRandom() throws Exception {
        RandomLog log = new RandomLog(Seeds.random("GitExportTest"), 500);
        Path directory = folder.resolve("r");
        try (GitExport export = new GitExport(directory, "demo")) {
            log.canonical().forEach(operation -> export.accept(LoggedOperation.of(operation)));
            assertThat(export.finish()).isBetween(2L, (long) log.canonical().size());
        }
        List<FileImage> files = log.fold().image().files();
        assertThat(FolderFiles.list(directory, false).paths()).isEqualTo(files.stream().map(FileImage::path).toList());
        for (FileImage file : files) {
            assertThat(Files.readString(directory.resolve(file.path()))).isEqualTo(file.text().toString());
        }
        try (Git git = Git.open(directory.toFile())) {
            assertThat(git.status().call().isClean()).isTrue();
            assertThat(git.getRepository().getBranch()).isEqualTo("main");
        }
        List<RevCommit> commits = commits(directory);
        String last = commits.get(commits.size() - 1).getFooterLines("Heddle-Hash").get(0);
        assertThat(last).isEqualTo(log.fold().image().hash().hex());
    }

    /** The texts of a commit's tree, by path. */
    private static Map<String, String> texts(Repository repository, RevCommit commit) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.setRecursive(true);
            walk.addTree(commit.getTree());
            while (walk.next()) {
                texts.put(walk.getPathString(), new String(repository.open(walk.getObjectId(0)).getBytes(),
                    StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private static void assertEveryCommit(Path directory, List<LoggedOperation> log) throws Exception {
        TreeFold fold = new TreeFold();
        Iterator<LoggedOperation> next = log.iterator();
        try (Git git = Git.open(directory.toFile())) {
            List<RevCommit> oldestFirst = new ArrayList<>();
            git.log().call().forEach(commit -> oldestFirst.add(0, commit));
            for (RevCommit commit : oldestFirst) {
                long last = Long.parseLong(commit.getFooterLines("Heddle-Versions").get(0).split("\\.\\.")[1]);
                while (fold.version() < last) {
                    fold.accept(next.next());
                }
                Map<String, String> expected = new TreeMap<>();
                fold.texts().forEach((path, text) -> expected.put(path, text.toString()));
                assertThat(texts(git.getRepository(), commit)).as("version %d", last).isEqualTo(expected);
            }
            assertThat(next).isExhausted();
        }
    }

    @Test
    void shouldHoldEveryVersionWhenTheLogIsRandom() throws Exception {
        List<LoggedOperation> log = new RandomLog(Seeds.random("GitExportTest, every version"), 600).canonical()
            .stream().map(LoggedOperation::of).toList();
        try (GitExport export = new GitExport(folder.resolve("r"), "demo")) {
            log.forEach(export::accept);
            export.finish();
        }
        assertEveryCommit(folder.resolve("r"), log);
    }

    @Test
    void shouldTakeLittleRoomWhenALargeFileIsEditedByTurns() throws Exception {
        Random random = Seeds.random("GitExportTest, a large file");
        StringBuilder text = new StringBuilder();
        while (text.length() < 60_000) {
            text.append(Integer.toString(random.nextInt(), 36)).append(random.nextInt(9) == 0 ? "ü🙂\n" : " ");
        }
        List<LoggedOperation> log = new ArrayList<>();
        log.add(op("ann", T, "f", "a.txt", new Operation.Create("a.txt", text.toString(), "f")));
        int length = text.codePointCount(0, text.length());
        for (int i = 0; i < 400; i++) {
            int at = random.nextInt(length - 20);
            int delete = random.nextInt(10);
            String insert = random.nextInt(5) == 0 ? "" : "漢字🙂" + i;
            length += insert.codePointCount(0, insert.length()) - delete;
            log.add(op(i % 3 == 0 ? "ann" : "bob", T + i, "f", "a.txt", new Operation.Edit(FileReference.ofFile("f"),
                List.of(new Change(at, delete, insert)))));
        }
        log.add(op("cid", T + 500, "f", "b.txt", new Operation.Rename(FileReference.ofFile("f"), "b.txt")));
        try (GitExport export = new GitExport(folder.resolve("r"), "demo")) {
            log.forEach(export::accept);
            assertThat(export.finish()).isBetween(200L, 402L);
        }
        assertEveryCommit(folder.resolve("r"), log);
        long bytes = 0;
        try (Stream<Path> packs = Files.list(folder.resolve("r/.git/objects/pack"))) {
            for (Path path : packs.toList()) {
                bytes += Files.size(path);
            }
        }
        assertThat(bytes).as("bytes of the packs").isLessThan(12L * text.length());
    }

    @Test
    void shouldNameThePathWhenGitCannotHoldIt() {
        try (GitExport export = new GitExport(folder.resolve("r"), "demo")) {
            export.accept(op("ann", T, "f", ".git/config", new Operation.Create(".git/config", "x", "f")));
            assertThatThrownBy(export::finish).isInstanceOf(CliException.class)
                .hasMessageContaining("has the path .git/config, which git cannot hold");
        }
    }

    @Test
    void shouldNameTheVersionWhenAFileIsAFolderToo() {
        try (GitExport export = new GitExport(folder.resolve("r"), "demo")) {
            export.accept(op("ann", T, "f", "a", new Operation.Create("a", "x", "f")));
            export.accept(op("ann", T, "g", "a/b", new Operation.Create("a/b", "x", "g")));
            assertThatThrownBy(export::finish).isInstanceOf(CliException.class)
                .hasMessageContaining("also a folder of another");
        }
    }

    @Test
    void shouldRefuseTheFolderWhenItIsNotEmpty() throws IOException {
        Files.writeString(folder.resolve("mine"), "x");
        assertThatThrownBy(() -> new GitExport(folder, "demo")).isInstanceOf(CliException.class)
            .hasMessageContaining("is not empty");
    }

    @Test
    void shouldTakeOnlyTrackedFilesWhenAFolderIsAGitTree() throws Exception {
        Path tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("src"));
        Files.writeString(tree.resolve("src/a.c"), "tracked");
        Files.writeString(tree.resolve("a.o"), "built");
        Files.createSymbolicLink(tree.resolve("link"), tree.resolve("a.o"));
        try (Git git = Git.init().setDirectory(tree.toFile()).call()) {
            git.add().addFilepattern("src").addFilepattern("link").call();
        }
        assertThat(FolderFiles.list(tree, false).paths()).containsExactly("src/a.c");
        assertThat(FolderFiles.list(tree, true).paths()).containsExactly("a.o", "src/a.c");
    }
}
