package costlake.land.mlflow;

import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;

/** MLflow's database in a file of SQLite. Opened read-only. */
final class SqliteDatabase implements MlflowTables.Database {
  private static final byte[] START = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int WAIT_MS = 60_000;

  private final Path file;

  SqliteDatabase(Path file) {
    this.file = file;
  }

  /** Whether a file begins as SQLite's files do. */
  static boolean isOne(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      return Arrays.equals(bytes.readNBytes(START.length), START);
    } catch (IOException e) {
      throw FileErrors.of(file, e);
    }
  }

  @Override
  public Connection open() throws SQLException {
    SQLiteConfig settings = new SQLiteConfig();
    settings.setReadOnly(true);
    settings.setBusyTimeout(WAIT_MS);
    Connection connection = settings.createConnection("jdbc:sqlite:" + file);
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public Failure unreadable(SQLException cause) {
    return Failure.data(
        cause,
        """
        Cannot read %s as the database of an MLflow server: %s. Check that it is whole and that
        MLflow wrote it.
        """,
        file,
        cause.getMessage());
  }
}
