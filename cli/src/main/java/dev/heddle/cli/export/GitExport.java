package dev.heddle.cli.export;

import dev.heddle.cli.CliException;
import dev.heddle.cli.export.Bursts.Burst;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.cli.history.TreeFold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.InvalidPathException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.StoredConfig;

/**
 * Writes a workspace's history as a git repository: one commit per burst, with its author and time, and trailers that
 * say which versions it holds and the hash of the last. One thread; used once.
 */
public final class GitExport implements AutoCloseable {

    private static final String BRANCH = "main";

    private final Path directory;
    private final String workspace;
    private final Git git;
    private final PackFile pack;
    private final Bursts bursts = new Bursts();
    private final TreeFold tree = new TreeFold();
    private final Map<String, BlobHistory> files = new HashMap<>();
    private final Map<String, String> pathByFile = new HashMap<>();
    private final Map<String, ObjectId> blobs = new HashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private ObjectId parent;
    private long commits;

    /**
     * An empty repository.
     *
     * @param directory where; it must be empty or not exist
     * @param workspace the workspace's name
     */
    public GitExport(Path directory, String workspace) {
        this.directory = directory;
        this.workspace = workspace;
        try {
            Files.createDirectories(directory);
            try (Stream<Path> entries = Files.list(directory)) {
                if (entries.findAny().isPresent()) {
                    throw CliException.local(directory + " is not empty (expected: an empty or a new folder)", null);
                }
            }
            git = Git.init().setDirectory(directory.toFile()).setInitialBranch(BRANCH).call();
            StoredConfig config = git.getRepository().getConfig();
            // A workspace's bytes are sacred: git must not change line ends on the way to the working tree.
            config.setBoolean("core", null, "autocrlf", false);
            config.save();
            pack = new PackFile(git.getRepository().getDirectory().toPath().resolve("objects").resolve("pack"));
        } catch (IOException | GitAPIException error) {
            throw failed(error);
        }
    }

    /**
     * Takes the next operation.
     *
     * @param operation the operation, in version order from 1
     */
    public void accept(LoggedOperation operation) {
        Burst ended = bursts.next(operation);
        if (ended != null) {
            commit(ended);
        }
        tree.accept(operation);
        if (operation.file() != null) {
            files.computeIfAbsent(operation.file(), file -> new BlobHistory()).accept(operation);
            touched.add(operation.file());
        }
    }

    /**
     * Writes what is left, and the working tree.
     *
     * @return number of commits
     */
    public long finish() {
        Burst ended = bursts.end();
        if (ended != null) {
            commit(ended);
        }
        try {
            pack.finish();
            if (parent != null) {
                RefUpdate update = git.getRepository().updateRef(Constants.R_HEADS + BRANCH);
                update.setNewObjectId(parent);
                update.update();
                git.reset().setMode(ResetCommand.ResetType.HARD).call();
            }
        } catch (IOException | GitAPIException error) {
            throw failed(error);
        }
        return commits;
    }

    private void commit(Burst burst) {
        try {
            ObjectId treeId = writeTree();
            PersonIdent author = new PersonIdent(name(burst.author()), email(burst.author()),
                Instant.ofEpochMilli(burst.last().timeMs()), ZoneOffset.UTC);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(treeId);
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage(burst.subject() + "\n\nHeddle-Workspace: " + workspace + "\nHeddle-Versions: "
                + burst.first() + ".." + burst.last().version() + "\nHeddle-Hash: " + burst.last().hash() + "\n");
            if (parent != null) {
                commit.setParentId(parent);
            }
            parent = pack.insert(commit);
            commits++;
        } catch (IOException error) {
            throw failed(error);
        }
    }

    private ObjectId writeTree() throws IOException {
        for (String file : touched) {
            blobs.remove(pathByFile.get(file));
        }
        for (String file : touched) {
            String path = tree.path(file);
            if (path == null) {
                files.remove(file);
                pathByFile.remove(file);
            } else {
                blobs.put(path, files.get(file).write(pack));
                pathByFile.put(file, path);
            }
        }
        touched.clear();
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        for (String path : tree.texts().keySet()) {
            DirCacheEntry entry = entry(path);
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(blobs.get(path));
            builder.add(entry);
        }
        try {
            builder.finish();
        } catch (IllegalStateException conflict) {
            throw CliException.local("version " + tree.version() + " of " + workspace + " has a file whose path is "
                + "also a folder of another; git cannot hold that (" + conflict.getMessage() + ")", conflict);
        }
        return index.writeTree(pack);
    }

    private DirCacheEntry entry(String path) {
        try {
            return new DirCacheEntry(path);
        } catch (InvalidPathException error) {
            throw CliException.local("version " + tree.version() + " of " + workspace + " has the path " + path
                + ", which git cannot hold: " + error.getMessage(), error);
        }
    }

    private static String name(String author) {
        String clean = author.replaceAll("[\\p{Cntrl}<>]", " ").strip();
        return clean.isEmpty() ? "anonymous" : clean;
    }

    private static String email(String author) {
        String clean = author.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^-+|-+$", "");
        return (clean.isEmpty() ? "anonymous" : clean) + "@heddle.invalid";
    }

    private CliException failed(Exception error) {
        return CliException.local("git repository " + directory + ": " + error.getMessage(), error);
    }

    @Override
    public void close() {
        pack.close();
        git.close();
    }
}
