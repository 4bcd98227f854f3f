package costlake.lake;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks the file of the embedded catalog before Spark opens it. If the file were empty or missing,
 * Spark would make a new catalog without any table.
 */
final class CatalogFile {
  private static final String TABLES =
      "select table_namespace || '.' || table_name from iceberg_tables";
  private static final String LOCATIONS = "select metadata_location from iceberg_tables";

  /** Mask of the bits of an SQLite error code that give the kind of the error. */
  private static final int PRIMARY_CODE = 0xff;

  private static final int PERM = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CANTOPEN = 14;
  private static final int AUTH = 23;

  private final Path file;

  CatalogFile(String root) {
    this.file = Sessions.embeddedCatalog(root);
  }

  /**
   * Checks that the catalog can be read and has all tables of a publication.
   *
   * @param published names of the tables that readers see
   * @throws Failure with exit code 4 if the catalog cannot be read or lacks a table
   */
  void check(Set<String> published) {
    if (isEmpty()) {
      if (!published.isEmpty()) {
        throw lost(Files.exists(file) ? "it is empty" : "it does not exist", null);
      }
      return;
    }
    Set<String> missing = new TreeSet<>(published);
    missing.removeAll(tables(TABLES));
    if (!missing.isEmpty()) {
      throw lost(
          "it lacks %d of the %d published tables, first %s"
              .formatted(missing.size(), published.size(), missing.iterator().next()),
          null);
    }
  }

  private boolean isEmpty() {
    try {
      return !Files.exists(file) || Files.size(file) == 0;
    } catch (IOException e) {
      throw lost("it cannot be read", e);
    }
  }

  private Set<String> tables(String query) {
    try (Connection catalog = DriverManager.getConnection(Sessions.embeddedCatalogUri(file));
        Statement statement = catalog.createStatement()) {
      String damage = texts(statement, "pragma quick_check(1)").iterator().next();
      if (!damage.equals("ok")) {
        throw lost("it is damaged (" + damage + ")", null);
      }
      return texts(statement, "select name from sqlite_master").contains("iceberg_tables")
          ? texts(statement, query)
          : Set.of();
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  /**
   * Returns the failure for a catalog that cannot be read. The message advises to restore a backup
   * only if the catalog is damaged.
   */
  Failure unusable(SQLException e) {
    return switch (e.getErrorCode() & PRIMARY_CODE) {
      case PERM, READONLY, CANTOPEN, AUTH ->
          Failure.operator(
              e,
              """
              Cannot open the catalog of the lake %s (%s). Let user '%s' read and write it and its
              folder, then run again
              """,
              file,
              e.getMessage(),
              System.getProperty("user.name"));
      case BUSY, LOCKED ->
          Failure.internal(
              e,
              """
              Cannot read the catalog of the lake %s: another process has locked it (%s). Wait until
              that ends, then run again
              """,
              file,
              e.getMessage());
      case IOERR ->
          Failure.internal(
              e,
              "Cannot read the catalog of the lake %s (%s). Check the disk, then run again",
              file,
              e.getMessage());
      default -> lost("it is damaged (" + e.getMessage() + ")", e);
    };
  }

  /**
   * Checks that the files of the tables are in the folder of the lake. A lake of an earlier version
   * has no {@code lake.json} that says whether the folder was moved.
   *
   * @throws Failure with exit code 2 if the lake was copied or moved
   */
  void refuseElsewhere() {
    if (isEmpty()) {
      return;
    }
    for (String location : tables(LOCATIONS)) {
      Path metadata = DiskSync.path(location);
      if (!isBelow(Folders.above(file), metadata)) {
        throw LakeLocation.elsewhere(
            Folders.above(file), metadata.toString().replaceFirst("/warehouse/.*", ""));
      }
    }
  }

  /**
   * Whether the path of a metadata file is below the lake. The file may be missing: reading the
   * table reports this.
   */
  private static boolean isBelow(Path root, Path metadata) {
    try {
      return Files.exists(metadata)
          ? metadata.toRealPath().startsWith(root.toRealPath())
          : metadata.startsWith(root.toRealPath()) || metadata.startsWith(root.normalize());
    } catch (IOException e) {
      throw FileErrors.of(metadata, e);
    }
  }

  private static Set<String> texts(Statement statement, String query) throws SQLException {
    Set<String> texts = new TreeSet<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  private Failure lost(String how, @Nullable Exception cause) {
    return Failure.internal(
        cause,
        """
        Cannot use the catalog of the lake %s: %s. Nothing was changed. Restore the lake from its
        backup (docs/operations.md, section 'Back up and restore'), then run again
        """,
        file,
        how);
  }
}
