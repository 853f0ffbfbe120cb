package dev.heddle.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFilesTest {

    @TempDir
    private Path folder;

    private void write(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, path);
    }

    private void tree() throws IOException, GitAPIException {
        write(".gitignore");
        Files.writeString(folder.resolve(".gitignore"), "*.log\nout/\n");
        write("src/a.txt");
        write("src/deep/b.txt");
        write("new.txt");
        write("src/new.txt");
        write("src/c.log");
        write("out/d.txt");
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            git.add().addFilepattern(".gitignore").addFilepattern("src/a.txt").addFilepattern("src/deep").call();
        }
    }

    @Test
    void shouldTakeTrackedFilesOnlyWhenTheFolderIsAGitTree() throws IOException, GitAPIException {
        tree();
        assertThat(FolderFiles.list(folder, false).paths()).containsExactly(".gitignore", "src/a.txt",
            "src/deep/b.txt");
    }

    @Test
    void shouldLeaveIgnoredFilesWhenUntrackedOnesAreWanted() throws IOException, GitAPIException {
        tree();
        assertThat(FolderFiles.list(folder, true).paths()).containsExactly(".gitignore", "new.txt", "src/a.txt",
            "src/deep/b.txt", "src/new.txt");
    }

    @Test
    void shouldKnowWhatIsTrackedWhenTheFolderIsBelowTheTopOfAGitTree() throws IOException, GitAPIException {
        tree();
        assertThat(FolderFiles.list(folder.resolve("src"), false).paths()).containsExactly("a.txt", "deep/b.txt");
        assertThat(FolderFiles.list(folder.resolve("src"), true).paths()).containsExactly("a.txt", "deep/b.txt",
            "new.txt");
        assertThatThrownBy(() -> FolderFiles.list(folder.resolve("out"), false)).isInstanceOf(CliException.class)
            .hasMessageContaining("git tracks no file below");
    }

    @Test
    void shouldSayThatALinkIsLeftOutWhenThereIsOne() throws IOException {
        write("a.txt");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("a.txt"));
        FolderFiles.Listing listing = FolderFiles.list(folder, false);
        assertThat(listing.paths()).containsExactly("a.txt");
        assertThat(listing.leftOut()).containsExactly(new LeftOut("link", "is a link"));
    }
}
