import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A workspace's files: snapshots first, then canonical operations in order of their version. */
final class Files {

    /** A file as of a version; everything up to it is in the text. */
    private record File(String path, String text, boolean deleted, long version) {
    }

    private final Map<String, File> files = new HashMap<>();

    void snapshot(Map<String, Object> snapshot) {
        files.put((String) snapshot.get("file"), new File((String) snapshot.get("path"), (String) snapshot.get("text"),
            (Boolean) snapshot.get("deleted"), (Long) snapshot.get("version")));
    }

    void apply(Map<String, Object> canonical) {
        String id = (String) canonical.get("file");
        long version = (Long) canonical.get("version");
        File file = files.get(id);
        if (id == null || file != null && version <= file.version()) {
            return; // a noop, or in the snapshot already
        }
        Map<?, ?> op = (Map<?, ?>) canonical.get("op");
        switch ((String) op.get(Avro.TYPE)) {
            case "dev.heddle.Create" ->
                files.put(id, new File((String) canonical.get("path"), (String) op.get("text"), false, version));
            case "dev.heddle.Edit" ->
                files.put(id, new File(file.path(), edited(file.text(), (List<?>) op.get("changes")), false, version));
            case "dev.heddle.Rename" ->
                files.put(id, new File((String) op.get("to"), file.text(), false, version));
            case "dev.heddle.Delete" -> files.put(id, new File(file.path(), "", true, version));
            default -> { }
        }
    }

    /** Positions count Unicode code points of the text before the operation, ascending. */
    private static String edited(String text, List<?> changes) {
        StringBuilder out = new StringBuilder();
        int taken = 0;
        for (Object change : changes) {
            Map<?, ?> c = (Map<?, ?>) change;
            int from = text.offsetByCodePoints(0, ((Long) c.get("at")).intValue());
            out.append(text, taken, from).append((String) c.get("insert"));
            taken = text.offsetByCodePoints(from, ((Long) c.get("delete")).intValue());
        }
        return out.append(text, taken, text.length()).toString();
    }

    String text(String path) {
        return files.values().stream().filter(file -> !file.deleted() && file.path().equals(path)).map(File::text)
            .findFirst().orElseThrow(() -> new IllegalArgumentException("no file " + path));
    }
}
