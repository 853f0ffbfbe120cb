package dev.heddle.cli.export;

import dev.heddle.cli.CliException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.NotIgnoredFilter;

/** A folder as a workspace's files, and a workspace's files as a folder. Stateless. */
public final class FolderFiles {

    private FolderFiles() {
    }

    /**
     * The files of a folder.
     *
     * @param paths   those to take: relative, with slashes, sorted
     * @param leftOut those that are there and are no files of a text's kind, such as links
     */
    public record Listing(List<String> paths, List<LeftOut> leftOut) {
    }

    /**
     * {@return the files of a folder; of a git tree or a folder in one those that git tracks}
     *
     * @param folder    the folder
     * @param untracked whether to take files of a git tree too that git neither tracks nor ignores
     */
    public static Listing list(Path folder, boolean untracked) {
        if (!Files.isDirectory(folder)) {
            throw CliException.local(Files.exists(folder) ? folder + " is not a folder" : "there is no folder "
                + folder, null);
        }
        try {
            Path real = folder.toRealPath();
            File git = new FileRepositoryBuilder().findGitDir(real.toFile()).getGitDir();
            return git == null ? sorted(real, walk(real)) : tracked(real, git, untracked);
        } catch (IOException error) {
            throw CliException.local(folder + " cannot be read: " + error.getMessage(), error);
        }
    }

    private static Listing tracked(Path folder, File git, boolean untracked) throws IOException {
        try (Repository repository = new FileRepositoryBuilder().setGitDir(git).build()) {
            Path root = repository.getWorkTree().toPath().toRealPath();
            String below = folder.equals(root) ? "" : slashes(root.relativize(folder)) + "/";
            DirCache index = repository.readDirCache();
            Set<String> paths = new TreeSet<>();
            for (int i = 0; i < index.getEntryCount(); i++) {
                if (index.getEntry(i).getFileMode() != FileMode.GITLINK) {
                    paths.add(index.getEntry(i).getPathString());
                }
            }
            if (untracked) {
                addUntracked(repository, index, paths);
            }
            Listing listing = sorted(folder, paths.stream().filter(path -> path.startsWith(below))
                .map(path -> path.substring(below.length())));
            if (listing.paths().isEmpty() && !untracked) {
                throw CliException.local("git tracks no file below " + folder, null)
                    .withHint("--untracked takes those too that git neither tracks nor ignores");
            }
            return listing;
        }
    }

    private static void addUntracked(Repository repository, DirCache index, Set<String> paths) throws IOException {
        try (TreeWalk walk = new TreeWalk(repository)) {
            FileTreeIterator tree = new FileTreeIterator(repository);
            walk.addTree(tree);
            walk.addTree(new DirCacheIterator(index));
            tree.setDirCacheIterator(walk, 1);
            walk.setFilter(new NotIgnoredFilter(0));
            walk.setRecursive(true);
            while (walk.next()) {
                if (walk.getFileMode(0) != FileMode.MISSING && walk.getFileMode(0) != FileMode.GITLINK) {
                    paths.add(walk.getPathString());
                }
            }
        }
    }

    private static Stream<String> walk(Path folder) throws IOException {
        List<String> paths = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                .map(file -> slashes(folder.relativize(file))).forEach(paths::add);
        } catch (UncheckedIOException error) {
            throw error.getCause();
        }
        return paths.stream();
    }

    private static Listing sorted(Path folder, Stream<String> paths) {
        List<String> files = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        paths.sorted().forEach(path -> {
            Path file = folder.resolve(path);
            if (Files.isSymbolicLink(file)) {
                leftOut.add(new LeftOut(path, "is a link"));
            } else if (Files.isRegularFile(file)) {
                files.add(path);
            } else if (Files.exists(file)) {
                leftOut.add(new LeftOut(path, "is neither a file nor a folder"));
            }
        });
        return new Listing(files, leftOut);
    }

    private static String slashes(Path path) {
        return path.toString().replace(File.separatorChar, '/');
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
