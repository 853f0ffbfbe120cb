package dev.heddle.cli.export;

import dev.heddle.cli.CliException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A folder as a workspace's files, and a workspace's files as a folder. Stateless. */
public final class FolderFiles {

    private FolderFiles() {
    }

    /**
     * {@return paths of the files of a folder, relative, with slashes, sorted; of a git tree only the tracked ones}
     *
     * @param folder    the folder
     * @param untracked whether to take untracked files of a git tree too
     */
    public static List<String> list(Path folder, boolean untracked) {
        if (!Files.isDirectory(folder)) {
            throw CliException.local("there is no folder " + folder, null);
        }
        try {
            boolean gitTree = Files.exists(folder.resolve(".git"));
            return gitTree && !untracked ? tracked(folder) : walk(folder);
        } catch (IOException error) {
            throw CliException.local(folder + " cannot be read: " + error.getMessage(), error);
        }
    }

    private static List<String> tracked(Path folder) throws IOException {
        try (Repository repository = new FileRepositoryBuilder().setWorkTree(folder.toFile())
            .setGitDir(gitDirectory(folder)).build()) {
            DirCache index = repository.readDirCache();
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < index.getEntryCount(); i++) {
                FileMode mode = index.getEntry(i).getFileMode();
                boolean file = mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
                if (file && Files.isRegularFile(folder.resolve(index.getEntry(i).getPathString()))) {
                    paths.add(index.getEntry(i).getPathString());
                }
            }
            return paths.stream().distinct().sorted().toList();
        }
    }

    private static File gitDirectory(Path folder) throws IOException {
        Path git = folder.resolve(".git");
        if (Files.isDirectory(git)) {
            return git.toFile();
        }
        String pointer = Files.readString(git).strip();
        return folder.resolve(pointer.replaceFirst("^gitdir: ", "")).toFile();
    }

    private static List<String> walk(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> !Files.isSymbolicLink(file))
                .map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/'))
                .filter(path -> !path.equals(".git") && !path.startsWith(".git/")).sorted().toList();
        }
    }

    /**
     * {@return a file's text, or null where it is not UTF-8 text}
     *
     * @param folder the folder
     * @param path   the file's path in it
     */
    public static String textOrNull(Path folder, String path) {
        try {
            return TextFiles.decodeOrNull(Files.readAllBytes(folder.resolve(path)));
        } catch (IOException error) {
            throw CliException.local(folder.resolve(path) + " cannot be read: " + error.getMessage(), error);
        }
    }

    /**
     * Writes files below a folder that is empty or does not exist.
     *
     * @param folder the folder
     * @param texts  texts by path
     */
    public static void write(Path folder, Map<String, String> texts) {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> entries = Files.list(folder)) {
                if (entries.findAny().isPresent()) {
                    throw CliException.local(folder + " is not empty (expected: an empty or a new folder)", null);
                }
            }
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Path file = folder.resolve(text.getKey()).normalize();
                if (!file.startsWith(folder.normalize())) {
                    throw CliException.local("path " + text.getKey() + " leads out of " + folder, null);
                }
                Files.createDirectories(file.getParent());
                Files.write(file, text.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException error) {
            throw CliException.local(folder + " cannot be written: " + error.getMessage(), error);
        }
    }
}
