package costlake.land;

import costlake.config.Config;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Message;
import costlake.core.Parallel;
import costlake.core.Reject;
import costlake.land.read.FileReading;
import costlake.land.read.FileSummary;
import costlake.land.read.RelationsOfKind;
import costlake.land.read.RowKeyLimit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Checks and counts the rows of pinned deliveries again, because they may be read with other
 * settings or readers than when they were pinned.
 */
final class SecondReading {
  // Folders between that of the source and a pinned file: the period and the delivery.
  private static final int FOLDERS = 2;

  private final Config config;
  private final Predicate<Delivery> reconfigured;
  private final List<Delivery> read = new ArrayList<>();
  private final List<LandResult.Refusal> refused = new ArrayList<>();
  private final List<LandResult.Notice> notices = new ArrayList<>();
  private final List<Reject> rejects = new ArrayList<>();

  /**
   * Creates a reading.
   *
   * @param reconfigured selects deliveries whose settings changed; for others, the version did
   */
  SecondReading(Config config, Predicate<Delivery> reconfigured) {
    this.config = config;
    this.reconfigured = reconfigured;
  }

  LandResult of(List<Delivery> deliveries) {
    deliveries.forEach(this::read);
    return new LandResult(List.of(), List.of(), read, refused, List.of(), notices, rejects);
  }

  private void read(Delivery delivery) {
    SourceKind kind = SourceKinds.of(delivery.kind());
    RelationsOfKind relations = ReadAlike.of(config, delivery).relations(config, kind);
    try {
      check(delivery, kind, relations, inspect(delivery, relations));
    } catch (Failure failure) {
      if (failure.family() != Failure.Family.DATA) {
        throw failure;
      }
      refuse(delivery, failure.getMessage());
    }
  }

  private void check(
      Delivery delivery, SourceKind kind, RelationsOfKind relations, List<InspectedFile> files) {
    Duplicates.Result found =
        Duplicates.of(config.limits(delivery.sourceId()), kind, Optional.of(relations), files);
    found.files().forEach(file -> reject(delivery, file));
    found
        .refusal()
        .or(() -> DeliveryCheck.tooManyRejects(config.limits(), found.files()))
        .ifPresent(why -> refuse(delivery, kind, why));
    Stream.concat(found.notices().stream(), ReadAsUtc.notices(found.files()))
        .forEach(message -> notice(delivery, message));
    read.add(
        delivery.of(
            found.files().stream().map(file -> file.file().at(file.bytes().toString())).toList()));
  }

  private List<InspectedFile> inspect(Delivery delivery, RelationsOfKind relations) {
    FileReading reading =
        new FileReading(
            relations,
            config.limits().recordBytesMax(),
            ExportCopy.rejectsKept(delivery.files().size()),
            new RowKeyLimit(RepeatedRows.ROWS_MAX));
    List<Callable<InspectedFile>> work = new ArrayList<>();
    for (DeliveredFile file : delivery.files()) {
      work.add(() -> inspect(delivery, file, reading));
    }
    return Parallel.all("read the bills of " + delivery.sourceId(), work);
  }

  private InspectedFile inspect(Delivery delivery, DeliveredFile file, FileReading reading) {
    Path path = Path.of(file.path());
    FileSummary facts = reading.stored(path, file.path());
    return new InspectedFile(
        new DeliveredFile(
            name(delivery, path), file.bytes(), file.sha256(), facts.rows(), facts.rejected()),
        facts,
        path);
  }

  /** Returns the path of a file in its delivery, which names its dataset. */
  private String name(Delivery delivery, Path file) {
    Path source = PinnedPaths.root(config).resolve(delivery.sourceId());
    Path below = source.relativize(file.toAbsolutePath().normalize());
    return below.subpath(FOLDERS, below.getNameCount()).toString();
  }

  private void reject(Delivery delivery, InspectedFile file) {
    String shown = Bronze.shown(config, file.bytes().toString());
    for (FileSummary.RejectedRow row : file.notCounted()) {
      rejects.add(
          new Reject(
              delivery.sourceId(),
              delivery.deliveryId(),
              shown,
              row.row(),
              row.reason(),
              row.raw()));
    }
  }

  /** Refuses a bill. Records stop no night: those that can be read count, and a notice says so. */
  private void refuse(Delivery delivery, SourceKind kind, String why) {
    if (kind.family() == SourceKind.Family.RECORDS) {
      notice(delivery, "the records that can still be read count: " + why);
    } else {
      refuse(delivery, why);
    }
  }

  private void refuse(Delivery delivery, String why) {
    refused.add(
        new LandResult.Refusal(
            delivery.sourceId(),
            delivery.kind(),
            delivery.billingPeriod(),
            delivery.deliveryId(),
            message(delivery, why)));
  }

  private String message(Delivery delivery, String why) {
    return reconfigured.test(delivery)
        ? Message.of(
            """
            Refused the settings of source %s for delivery %s: %s To read it as before, restore the
            settings in sources.yml; deliveries that need other settings belong to a source with
            another id.
            """,
            delivery.sourceId(), delivery.deliveryId(), why)
        : Message.of(
            """
            This version of Costlake cannot read delivery %s of source %s, which an earlier version
            read: %s To read it as before, go back to the earlier version.
            """,
            delivery.deliveryId(), delivery.sourceId(), why);
  }

  private void notice(Delivery delivery, String message) {
    notices.add(new LandResult.Notice(delivery.sourceId(), delivery.billingPeriod(), message));
  }
}
