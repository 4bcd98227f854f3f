package costlake.land.mlflow;

import costlake.config.Source;
import costlake.core.FileErrors;
import costlake.fetch.FetchLimits;
import costlake.land.read.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Opens the store of a source of kind {@code mlflow}. */
public final class Mlflow {
  /** As SQLAlchemy spells it, with or without the name of the driver. */
  private static final Pattern POSTGRES = Pattern.compile("^postgresql(\\+\\w+)?://");

  private Mlflow() {}

  /**
   * Returns the store at the url of a source: a server, or a database of PostgreSQL.
   *
   * @param environment environment variables, for secrets
   */
  public static MlflowStore live(Source source, String url, Map<String, String> environment) {
    return POSTGRES.matcher(url).find()
        ? new MlflowTables(
            new PostgresDatabase(source.id(), URI.create(url), environment), source.columns())
        : new MlflowServer(source.id(), url, source.columns(), environment, FetchLimits.USUAL);
  }

  /**
   * Returns the store at a location: the file of a database of SQLite, or a folder of MLflow's file
   * store.
   *
   * @param storage storage that stays open while the store is read
   * @param folder folder for a copy of the database, if it is not on a local disk
   * @param bytesMax a longer file of the file store is not read
   */
  public static MlflowStore stored(Source source, Storage storage, Path folder, int bytesMax) {
    try {
      List<Storage.Found> found = storage.list();
      if (found.size() != 1) {
        return new MlflowFiles(storage, source.columns(), bytesMax);
      }
      Path file = local(storage, found.get(0).key(), folder);
      return SqliteDatabase.isOne(file)
          ? new MlflowTables(new SqliteDatabase(file), source.columns())
          : new MlflowFiles(storage, source.columns(), bytesMax);
    } catch (IOException e) {
      throw FileErrors.of(storage.address(""), e);
    }
  }

  private static Path local(Storage storage, String key, Path folder) throws IOException {
    if (storage.local(key).isPresent()) {
      return storage.local(key).get();
    }
    Path copy = folder.resolve(".database");
    try (InputStream bytes = storage.open(key)) {
      Files.copy(bytes, copy);
    }
    return copy;
  }
}
