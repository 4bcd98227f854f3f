package costlake.land;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Progress;
import costlake.core.TemporaryOutput;
import costlake.land.read.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lands in a temporary folder what the next night would land. Leaves the lake as it is, and reads
 * its pinned deliveries no second time.
 */
public final class Rehearsal implements AutoCloseable {
  private static final String RUN = "rehearsal";

  private final Config config;
  private final Config aside;
  private final Path folder;
  private final List<Delivery> known;
  private final Progress progress;
  private final Instant now = Instant.now(Clock.systemUTC());

  private Rehearsal(
      Config config, Config aside, Path folder, List<Delivery> known, Progress progress) {
    this.config = config;
    this.aside = aside;
    this.folder = folder;
    this.known = List.copyOf(known);
    this.progress = progress;
  }

  /**
   * Prepares the temporary folder.
   *
   * @param known deliveries of earlier nights
   */
  public static Rehearsal of(Config config, List<Delivery> known, Progress progress) {
    try {
      Path folder = Files.createTempDirectory(RUN);
      return new Rehearsal(config, config.inLake(folder), folder, known, progress);
    } catch (IOException e) {
      throw Failure.internal(
          e, "Cannot write to the folder for temporary files: %s", FileErrors.why(e));
    }
  }

  /**
   * Lands a source that has a location. Deliveries of the result may be below the temporary folder.
   *
   * @throws Failure if the source cannot be found or listed
   */
  LandResult land(Source source) {
    SourceLanding landing = new SourceLanding(aside, config, source, RUN, now, known, progress);
    Optional<FetchedSource> fetched = FetchedSources.of(aside, source);
    if (fetched.isPresent()) {
      fetched.get().reach();
      return FetchedSources.land(aside, source, fetched.get(), landing, Set.of());
    }
    try (Storage storage = Landing.storage(aside, source)) {
      return landing.land(storage, Set.of());
    }
  }

  Config config() {
    return config;
  }

  @Override
  public void close() {
    TemporaryOutput.sweep(folder);
  }
}
