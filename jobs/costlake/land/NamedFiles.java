package costlake.land;

import costlake.config.Config;
import costlake.config.SourceKind;
import costlake.core.BillingPeriod;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Parallel;
import costlake.land.read.FileReading;
import costlake.land.read.FileSummary;
import costlake.land.read.Formats;
import costlake.land.read.RowKeyLimit;
import costlake.land.read.TableFiles;
import costlake.land.read.rows.Relation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Makes deliveries of the files that the user named. The files are read in place, not copied. */
final class NamedFiles {
  static final String SOURCE = "files";
  private static final int NO_REJECTS = 0;

  /** The kind and the month of a delivery. Files with the same kind and month are one delivery. */
  private record Key(SourceKind kind, LocalDate period) {
    String shown() {
      String files = kind.isBill() ? "bill" : "%s files".formatted(kind.id());
      return period.equals(Delivery.ALL_PERIODS)
          ? files
          : "%s of %s".formatted(files, BillingPeriod.of(period));
    }
  }

  private record Read(Key key, InspectedFile file) {}

  private NamedFiles() {}

  static Landing.Given deliveries(
      Config config, List<Path> files, Optional<SourceKind> kind, Instant now) {
    RowKeyLimit keyLimit = new RowKeyLimit(RepeatedRows.ROWS_MAX);
    List<Callable<Read>> reading = new ArrayList<>();
    files.forEach(file -> reading.add(() -> read(config, file, kind, keyLimit)));
    Map<Key, List<InspectedFile>> groups = new LinkedHashMap<>();
    List<Read> all = Parallel.all("read the files", reading);
    for (Read read : all) {
      groups.computeIfAbsent(withMonth(read.key(), all), key -> new ArrayList<>()).add(read.file());
    }
    List<Delivery> deliveries = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    groups.forEach(
        (key, read) -> {
          Duplicates.Result found = taken(config, key, read);
          deliveries.add(delivery(key, found.files(), now));
          found.allNotices().forEach(message -> notices.add(key.shown() + ": " + message));
        });
    return new Landing.Given(deliveries, notices);
  }

  /** Assigns a file without a month, e.g. a list of prices, to the only month of its kind. */
  private static Key withMonth(Key key, List<Read> all) {
    if (!key.period().equals(Delivery.ALL_PERIODS) || key.kind().relations().size() == 1) {
      return key;
    }
    Set<Key> months =
        all.stream()
            .map(Read::key)
            .filter(other -> other.kind().equals(key.kind()))
            .filter(other -> !other.period().equals(Delivery.ALL_PERIODS))
            .collect(Collectors.toSet());
    return months.size() == 1 ? months.iterator().next() : key;
  }

  private static Duplicates.Result taken(Config config, Key key, List<InspectedFile> read) {
    Relation relation = Relations.of(config, SOURCE, key.kind());
    Duplicates.Result found =
        Duplicates.of(config.limits(), key.kind(), Optional.of(relation), read);
    found
        .refusal()
        .ifPresent(
            why -> {
              throw Failure.data("Refused the %s: %s", key.shown(), why);
            });
    return found;
  }

  /** Whether the user named the files of a delivery, so that it is none of the lake. */
  static boolean isNamed(Delivery delivery) {
    return delivery.sourceId().equals(SOURCE);
  }

  private static Delivery delivery(Key key, List<InspectedFile> read, Instant now) {
    List<DeliveredFile> files = read.stream().map(InspectedFile::file).toList();
    return new Delivery(
        SOURCE,
        key.kind().id(),
        key.period(),
        FileDigest.contentId(files),
        files,
        now,
        "",
        Delivery.Status.CURRENT);
  }

  private static Read read(
      Config config, Path file, Optional<SourceKind> kind, RowKeyLimit keyLimit) {
    requireRead(file);
    SourceKind own = kind.orElseGet(() -> recognised(file));
    FileDigest digest = new FileDigest();
    FileSummary facts = facts(config, file, Relations.of(config, SOURCE, own), digest, keyLimit);
    LocalDate period =
        facts
            .month()
            .map(month -> BillingPeriod.parse(month).firstDay())
            .orElse(Delivery.ALL_PERIODS);
    return new Read(
        new Key(own, period),
        new InspectedFile(
            new DeliveredFile(
                file.toString(), digest.bytes(), digest.sha256(), facts.rows(), facts.rejected()),
            facts,
            file));
  }

  private static SourceKind recognised(Path file) {
    List<String> header = header(file);
    return Relations.recognise(file.toString(), header)
        .orElseThrow(() -> Relations.notRecognised(file.toString(), header));
  }

  static List<String> header(Path file) {
    requireRead(file);
    return TableFiles.columns(file);
  }

  private static void requireRead(Path file) {
    if (!Formats.isRead(file.toString())) {
      throw Failure.operator("Cannot read %s: only %s files are read.", file, Formats.READ);
    }
  }

  /**
   * Whether a file of a folder is read as a bill. A JSON file is read only if it has the keys of a
   * bill, because a folder may also contain responses, descriptions and settings in JSON. A damaged
   * JSON file is read too, because it may be part of a bill; reading it then fails with a message.
   */
  static boolean isLikelyBill(Path folder, String key) {
    return Formats.table(key) && (!Formats.isJson(key) || isRecognised(folder.resolve(key)));
  }

  private static boolean isRecognised(Path file) {
    return Formats.firstKeys(file)
        .map(keys -> Relations.recognise(file.toString(), keys).isPresent())
        .orElse(true);
  }

  private static FileSummary facts(
      Config config, Path file, Relation relation, FileDigest digest, RowKeyLimit keyLimit) {
    FileReading reading =
        new FileReading(relation, config.limits().recordBytesMax(), NO_REJECTS, keyLimit);
    try (InputStream in = digest.over(Files.newInputStream(file))) {
      if (Formats.isStreamed(file.toString())) {
        return reading.streamed(in, file.toString());
      }
      in.transferTo(OutputStream.nullOutputStream());
      return reading.stored(file, file.toString());
    } catch (IOException e) {
      throw FileErrors.of(file, e);
    }
  }
}
