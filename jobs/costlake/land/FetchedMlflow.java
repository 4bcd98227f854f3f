package costlake.land;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.land.mlflow.Mlflow;
import costlake.land.mlflow.MlflowStore;
import costlake.land.mlflow.RunRows;
import costlake.land.read.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Fetches the runs of MLflow from a server, from its tables or from its file store. */
final class FetchedMlflow implements FetchedSource {
  private final Config config;
  private final Source source;

  FetchedMlflow(Config config, Source source) {
    this.config = config;
    this.source = source;
  }

  @Override
  public void fetch(Path folder) {
    try (RunRows rows = new RunRows(folder)) {
      with(folder, store -> store.read(rows));
    }
  }

  @Override
  public void reach() {
    try {
      Path folder = Files.createTempDirectory("mlflow");
      try {
        with(folder, MlflowStore::reach);
      } finally {
        PinnedPaths.remove(folder);
      }
    } catch (IOException e) {
      throw Failure.internal(
          e, "Cannot write to the folder for temporary files: %s", FileErrors.why(e));
    }
  }

  private void with(Path folder, Consumer<MlflowStore> use) {
    String url = source.url();
    if (url != null) {
      use.accept(Mlflow.live(source, url, System.getenv()));
      return;
    }
    try (Storage storage = Landing.storage(config, source)) {
      use.accept(Mlflow.stored(source, storage, folder, config.limits().recordBytesMax()));
    }
  }
}
