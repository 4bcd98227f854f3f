package costlake.land;

import costlake.config.Config;
import costlake.config.Source.Kind;
import costlake.core.BillingPeriod;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.land.read.CsvHeader;
import costlake.land.read.ParquetFacts;
import costlake.land.read.Relation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files named by hand, as deliveries that are read where they are. */
final class AdHoc {
  private static final String SOURCE = "files";

  /** Files of one kind and month belong together. */
  private record Key(Kind kind, LocalDate period) {}

  private AdHoc() {}

  static List<Delivery> deliveries(
      Config config, List<Path> files, Optional<Kind> kind, Instant now) {
    Map<Key, List<DeliveredFile>> groups = new LinkedHashMap<>();
    for (Path file : files) {
      List<String> header = header(file);
      Kind own =
          kind.or(() -> Kinds.recognise(header))
              .orElseThrow(() -> Kinds.notRecognised(file.toString(), header));
      Relation relation = Kinds.relation(config, "", own);
      Digesting digest = new Digesting();
      FileFacts facts = facts(config, file, relation, digest);
      LocalDate period =
          facts
              .month()
              .or(() -> firstMonth(file, relation, header))
              .map(month -> BillingPeriod.parse(month).firstDay())
              .orElse(Delivery.ALL_PERIODS);
      groups
          .computeIfAbsent(new Key(own, period), key -> new ArrayList<>())
          .add(
              new DeliveredFile(
                  file.toString(),
                  digest.bytes(),
                  digest.sha256(),
                  facts.rows(),
                  facts.rejected()));
    }
    List<Delivery> deliveries = new ArrayList<>();
    groups.forEach(
        (key, delivered) ->
            deliveries.add(
                new Delivery(
                    SOURCE,
                    key.kind().spelling(),
                    key.period(),
                    Digesting.of(delivered),
                    delivered,
                    now,
                    "",
                    Delivery.Status.CURRENT)));
    return deliveries;
  }

  private static Optional<String> firstMonth(Path file, Relation relation, List<String> header) {
    String column = relation.periodColumn(header);
    return Formats.parquet(file.toString()) && column != null
        ? ParquetFacts.firstMonth(file, column)
        : Optional.empty();
  }

  private static List<String> header(Path file) {
    if (Formats.parquet(file.toString())) {
      return ParquetFacts.read(file).columns();
    }
    if (Formats.csv(file.toString())) {
      return CsvHeader.read(file).names();
    }
    throw Failure.operator("Cannot read " + file + ": only .csv, .csv.gz and .parquet are read.");
  }

  private static FileFacts facts(Config config, Path file, Relation relation, Digesting digest) {
    try (InputStream in = digest.over(Files.newInputStream(file))) {
      if (Formats.csv(file.toString())) {
        FileFacts facts =
            FileFacts.csv(in, file.toString(), relation, config.limits().recordSizeMibMax() << 20);
        return facts;
      }
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return FileFacts.parquet(file, file.toString(), relation);
    } catch (IOException e) {
      throw Failure.operator("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
