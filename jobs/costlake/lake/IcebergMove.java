package costlake.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import costlake.core.Failure;
import costlake.core.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.RewriteTablePathUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Replaces the former root by the new root in all paths of the Iceberg tables of a copied lake: in
 * the embedded catalog, metadata, manifest lists and manifests. Data files contain no paths.
 */
final class IcebergMove {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEME = "file:";
  private static final String ASIDE = "moved-";

  private final Path folder;
  private final MovedRoot root;
  private final FileIO files = new CopiedFiles();

  /**
   * Creates a move.
   *
   * @param folder folder of the copy
   * @param root paths in the tables, and the path that replaces them
   */
  IcebergMove(Path folder, MovedRoot root) {
    this.folder = folder;
    this.root = root;
  }

  /** Changes the paths of every table of the embedded catalog. */
  void run() throws IOException {
    Path catalog = Sessions.embeddedCatalog(folder.toString());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + catalog)) {
      List<String> metadata = metadata(connection);
      for (String location : metadata) {
        moveTable(location);
      }
      moveCatalog(connection, metadata);
    } catch (SQLException e) {
      throw Failure.internal(e, "Cannot read the catalog of the backup, %s", catalog);
    }
  }

  private List<String> metadata(Connection catalog) throws SQLException {
    List<String> locations = new ArrayList<>();
    try (Statement statement = catalog.createStatement();
        ResultSet rows = statement.executeQuery("select metadata_location from iceberg_tables")) {
      while (rows.next()) {
        locations.add(rows.getString(1));
      }
    }
    return locations;
  }

  private void moveCatalog(Connection catalog, List<String> metadata) throws SQLException {
    try (PreparedStatement update =
        catalog.prepareStatement(
            "update iceberg_tables set metadata_location = ?, previous_metadata_location ="
                + " replace(previous_metadata_location, ?, ?) where metadata_location = ?")) {
      for (String location : metadata) {
        update.setString(1, moved(location));
        update.setString(2, from(location) + "/");
        update.setString(3, root.to() + "/");
        update.setString(4, location);
        update.executeUpdate();
      }
    }
  }

  private void moveTable(String location) throws IOException {
    TableMetadata table = TableMetadataParser.read(files, location);
    Map<String, ManifestFile> manifests = new HashMap<>();
    for (Snapshot snapshot : table.snapshots()) {
      snapshot.allManifests(files).forEach(m -> manifests.put(m.path(), m));
    }
    Map<String, Long> lengths = new HashMap<>();
    for (ManifestFile manifest : manifests.values()) {
      lengths.put(manifest.path(), moveManifest(table, manifest));
    }
    for (Snapshot snapshot : table.snapshots()) {
      moveManifestList(table, snapshot, lengths);
    }
    for (ManifestFile manifest : manifests.values()) {
      replace(copy(manifest.path()));
    }
    moveMetadata(Folders.above(copy(location)));
  }

  /**
   * Writes the changed manifest beside the old manifest. Returns the length of the changed
   * manifest, which manifest lists contain.
   */
  private long moveManifest(TableMetadata table, ManifestFile manifest) throws IOException {
    if (manifest.content() != ManifestContent.DATA) {
      throw Failure.internal("Cannot move %s: it lists deleted rows", manifest.path());
    }
    Set<Long> snapshots =
        table.snapshots().stream().map(Snapshot::snapshotId).collect(Collectors.toSet());
    OutputFile moved = files.newOutputFile(aside(copy(manifest.path())).toString());
    RewriteTablePathUtil.rewriteDataManifest(
        manifest,
        snapshots,
        moved,
        files,
        table.formatVersion(),
        table.specsById(),
        SCHEME + from(manifest.path()),
        SCHEME + root.to());
    return moved.toInputFile().getLength();
  }

  private void moveManifestList(TableMetadata table, Snapshot snapshot, Map<String, Long> lengths)
      throws IOException {
    Path list = copy(snapshot.manifestListLocation());
    RewriteTablePathUtil.rewriteManifestList(
        snapshot,
        files,
        table,
        lengths,
        SCHEME + from(snapshot.manifestListLocation()),
        SCHEME + root.to(),
        Folders.above(list).toString(),
        aside(list).toString());
    replace(list);
  }

  /** Changes every version of the metadata, because each version names the earlier ones. */
  private void moveMetadata(Path metadata) throws IOException {
    List<Path> versions;
    try (Stream<Path> found = Files.list(metadata)) {
      versions = found.filter(file -> file.toString().endsWith(".metadata.json")).toList();
    }
    for (Path version : versions) {
      JSON.writeValue(aside(version).toFile(), moved(JSON.readTree(version.toFile())));
      replace(version);
    }
  }

  private JsonNode moved(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.fieldNames().forEachRemaining(name -> object.set(name, moved(object.get(name))));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, moved(array.get(i)));
      }
    } else if (node instanceof TextNode text && isBelow(text.textValue())) {
      return new TextNode(moved(text.textValue()));
    }
    return node;
  }

  private boolean isBelow(String text) {
    return text.startsWith(SCHEME) && root.above(path(text)).isPresent();
  }

  private String moved(String location) {
    return SCHEME + root.moved(path(location));
  }

  /**
   * Returns the former root with which a path of a table begins.
   *
   * @throws Failure with exit code 2 if the path does not begin with a former root
   */
  private String from(String location) {
    return root.above(path(location))
        .orElseThrow(
            () ->
                Failure.operator(
                    """
                    Cannot restore to %s: a table refers to the file %s, which is not below the
                    former place of the lake, %s. Restore it to that place
                    """,
                    root.to(), location, String.join(" or ", root.from())));
  }

  /** Removes the scheme of a location: {@code file:/a} and {@code file:///a} are the same file. */
  private static String path(String location) {
    return location.replaceFirst("^file:/+", "/");
  }

  private Path copy(String location) {
    return folder.resolve(path(location).substring(from(location).length() + 1));
  }

  /**
   * Returns a temporary path. The temporary path has the extension of the file, because Iceberg
   * derives the format from the extension.
   */
  private static Path aside(Path file) {
    return file.resolveSibling(ASIDE + file.getFileName());
  }

  private static void replace(Path file) throws IOException {
    Files.move(aside(file), file, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  /** Reads the files of the copied lake by their former paths. */
  private final class CopiedFiles implements FileIO {
    private static final long serialVersionUID = 1L;

    @Override
    public InputFile newInputFile(String location) {
      return org.apache.iceberg.Files.localInput(copy(location).toFile());
    }

    @Override
    public OutputFile newOutputFile(String location) {
      return org.apache.iceberg.Files.localOutput(location);
    }

    @Override
    public void deleteFile(String location) {
      throw new UnsupportedOperationException(location);
    }
  }
}
