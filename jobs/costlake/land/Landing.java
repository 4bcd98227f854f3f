package costlake.land;

import costlake.config.Config;
import costlake.config.Source;
import costlake.config.Source.Kind;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.core.Unreadable;
import costlake.land.read.Formats;
import costlake.land.read.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what sources delivered and pins it. */
public final class Landing {
  private Landing() {}

  /**
   * Finds what every source has for the periods and pins what is new below the root of the lake:
   * bytes copied, digested, counted and judged in one pass, then moved into place in one step. What
   * is refused leaves nothing behind and what counted before still does.
   *
   * @param runId the run that lands
   * @param now when; also tells which days of a live Prometheus are over
   * @param known all deliveries of earlier nights; those that are current tell what is new
   * @param periods billing months; empty means all that are there
   * @throws Failure of the operator's family when a source cannot be found or listed, of the
   *     internal family when the lake cannot be written
   */
  public static LandResult land(
      Config config,
      String runId,
      Instant now,
      List<Delivery> known,
      Set<BillingPeriod> periods,
      Progress progress) {
    LandResult all = new LandResult(List.of(), List.of(), List.of(), List.of(), List.of());
    for (Source source : config.sources()) {
      SourceLanding landing = new SourceLanding(config, source, runId, now, known, progress);
      if (source.url() != null) {
        all = all.and(LivePrometheus.land(config, source, landing, now, known, periods));
        continue;
      }
      try (Storage storage = storage(source.location())) {
        all = all.and(landing.land(storage, periods));
      }
    }
    return all;
  }

  private static Storage storage(String location) {
    return S3Storage.isS3(location)
        ? new S3Storage(location)
        : LocalStorage.of(
            Path.of(location), "Correct the location in sources.yml, or deliver the export.");
  }

  /**
   * Deliveries of files given by hand: each kind and billing month is one, nothing is copied.
   * Folders are walked; what is no table in them is passed over.
   *
   * @param paths files and folders
   * @param kind what they are; empty means: told from the header of each
   * @throws Failure of the operator's family when nothing is there or a file is not recognised, of
   *     the data's family when one cannot be read
   */
  public static List<Delivery> adHoc(Config config, List<Path> paths, Optional<Kind> kind) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      files.addAll(tables(path));
    }
    return AdHoc.deliveries(config, files, kind, Instant.now(Clock.systemUTC()));
  }

  private static List<Path> tables(Path path) {
    LocalStorage storage = LocalStorage.of(path, "Check the path.");
    if (storage.isFile()) {
      return List.of(path);
    }
    try {
      List<Path> found =
          storage.list().stream()
              .filter(file -> Formats.table(file.key()))
              .map(file -> path.resolve(file.key()))
              .toList();
      if (found.isEmpty()) {
        throw Failure.operator(
            "Cannot read " + path + ": there is no .csv, .csv.gz or .parquet below it.");
      }
      return found;
    } catch (IOException e) {
      throw Unreadable.of(path, e);
    }
  }
}
