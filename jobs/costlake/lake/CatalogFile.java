package costlake.lake;

import costlake.core.Failure;
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

/**
 * The file of the embedded catalog, looked at before the engine opens it: of a file that is empty
 * or not there the engine would make a new catalog, in which nothing was ever published.
 */
final class CatalogFile {
  private static final String TABLES =
      "select table_namespace || '.' || table_name from iceberg_tables";

  private final Path file;

  CatalogFile(String root) {
    this.file = Sessions.embeddedCatalog(root);
  }

  /**
   * Checks that the catalog can be read and knows all tables of a publication.
   *
   * @param published names of the tables that readers see
   * @throws Failure of the internal family when it cannot or does not
   */
  void check(Set<String> published) {
    if (isEmpty()) {
      if (!published.isEmpty()) {
        throw lost(Files.exists(file) ? "it is empty" : "it is not there", null);
      }
      return;
    }
    Set<String> missing = new TreeSet<>(published);
    missing.removeAll(tables());
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

  private Set<String> tables() {
    try (Connection catalog = DriverManager.getConnection(Sessions.embeddedCatalogUri(file));
        Statement statement = catalog.createStatement()) {
      String damage = texts(statement, "pragma quick_check(1)").iterator().next();
      if (!damage.equals("ok")) {
        throw lost("it is damaged (" + damage + ")", null);
      }
      return texts(statement, "select name from sqlite_master").contains("iceberg_tables")
          ? texts(statement, TABLES)
          : Set.of();
    } catch (SQLException e) {
      throw lost("it is damaged (" + e.getMessage() + ")", e);
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

  private Failure lost(String how, Exception cause) {
    return Failure.internal(
        ("Cannot use the catalog of the lake %s: %s. Nothing was changed. Restore the lake from its"
                + " backup (docs/operations.md, section 'Back up and restore'), then run again")
            .formatted(file, how),
        cause);
  }
}
