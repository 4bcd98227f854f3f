package costlake.land;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.land.read.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fetches the rows of sources that are no folders of tables, and pins them as a delivery. */
final class FetchedSources {
  private static final String FETCHED = ".fetched";

  /** How the sources of a kind are fetched. */
  private interface Strategy {
    /** Returns empty if the source is a folder of tables. */
    Optional<FetchedSource> of(Config config, Source source);
  }

  /** Strategies by their name in {@code kind.yml}. */
  private static final Map<String, Strategy> STRATEGIES =
      Map.of(
          "mlflow",
          (config, source) -> Optional.of(new FetchedMlflow(config, source)),
          "sagemaker",
          (config, source) ->
              Optional.ofNullable(source.url())
                  .map(url -> new FetchedSageMaker(config, source, Clock.systemUTC())));

  private FetchedSources() {}

  /** Returns empty if the source is not fetched. */
  static Optional<FetchedSource> of(Config config, Source source) {
    return Optional.ofNullable(source.sourceKind().fetchedBy())
        .flatMap(name -> Strategies.named("fetched_by", name, STRATEGIES).of(config, source));
  }

  /** Fetches a source completely before anything is pinned. */
  static LandResult land(
      Config config,
      Source source,
      FetchedSource fetched,
      SourceLanding landing,
      Set<BillingPeriod> periods) {
    Path folder = PinnedPaths.root(config).resolve(source.id()).resolve(FETCHED);
    try {
      PinnedPaths.remove(folder);
      try {
        return land(fetched, Files.createDirectories(folder), landing, periods);
      } finally {
        PinnedPaths.remove(folder);
      }
    } catch (IOException e) {
      throw PinnedPaths.unwritable(folder, e);
    } catch (Failure failure) {
      if (failure.family() != Failure.Family.DATA) {
        throw failure;
      }
      return LandResult.refused(source, failure.getMessage());
    }
  }

  private static LandResult land(
      FetchedSource fetched, Path folder, SourceLanding landing, Set<BillingPeriod> periods) {
    fetched.fetch(folder);
    try (Storage storage = LocalStorage.of(folder, "Run again.")) {
      return landing.land(storage, periods);
    }
  }
}
