package costlake.land;

import costlake.config.Config;
import costlake.config.Source.Kind;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.core.Reject;
import costlake.land.read.ParquetRows;
import costlake.land.read.ParquetRows.PlacedFile;
import costlake.land.read.Relation;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Which rows of delivered Parquet cannot be read. CSV is judged while it is copied; Parquet here,
 * once, by the columns that decide it, so that nobody after has to look at each value again.
 *
 * @param landed the deliveries, each file judged
 * @param refused those of which too much cannot be read, by the limits of the configuration
 * @param rejects rows of Parquet that cannot be read, the first of each source
 */
public record Verdict(
    List<Delivery> landed, List<LandResult.Refusal> refused, List<Reject> rejects) {
  private static final Unread NOTHING = new Unread(0, 0, BigDecimal.ZERO, BigDecimal.ZERO);

  public Verdict {
    landed = List.copyOf(landed);
    refused = List.copyOf(refused);
    rejects = List.copyOf(rejects);
  }

  /**
   * Judges what landed.
   *
   * @param rejectsKept so many rejected rows of each source are told
   */
  public static Verdict of(
      SparkSession spark, Config config, List<Delivery> landed, int rejectsKept) {
    List<Delivery> judged = new ArrayList<>();
    List<LandResult.Refusal> refused = new ArrayList<>();
    List<Delivery> unreadable = new ArrayList<>();
    Map<DeliveredFile, Unread> found = judge(spark, config, landed);
    for (Delivery delivery : landed) {
      Delivery known = delivery.of(delivery.files().stream().map(f -> file(f, found)).toList());
      judged.add(known);
      refusal(config, delivery, known, found).ifPresent(refused::add);
      List<DeliveredFile> bad =
          known.files().stream()
              .filter(f -> Formats.parquet(f.path()) && f.rejected() > 0)
              .toList();
      if (!bad.isEmpty()) {
        unreadable.add(known.of(bad));
      }
    }
    return new Verdict(judged, refused, Bronze.rejects(spark, config, unreadable, rejectsKept));
  }

  private static DeliveredFile file(DeliveredFile file, Map<DeliveredFile, Unread> found) {
    return file.rejected() == DeliveredFile.UNJUDGED && Formats.parquet(file.path())
        ? file.judged(found.getOrDefault(file, NOTHING).rejected())
        : file;
  }

  /** Judges the Parquet files; those of a source and schema by one plan, however many there are. */
  private static Map<DeliveredFile, Unread> judge(
      SparkSession spark, Config config, List<Delivery> landed) {
    Map<DeliveredFile, Unread> found = new HashMap<>();
    for (Kind kind : Kind.values()) {
      Bronze.bySource(kind, landed)
          .forEach(
              (source, own) -> {
                for (List<PlacedFile> files : Bronze.parquet(config, own)) {
                  Relation relation = Kinds.relation(config, source, kind);
                  ParquetRows.judged(spark, Bronze.PLACE, relation, files)
                      .collectAsList()
                      .forEach(
                          row -> {
                            DeliveredFile file = file(row, own);
                            found.put(file, unread(row, file));
                          });
                }
              });
    }
    return found;
  }

  private static DeliveredFile file(Row row, List<Delivery> deliveries) {
    return deliveries.stream()
        .filter(d -> d.deliveryId().equals(row.getAs("_delivery_id")))
        .filter(d -> d.billingPeriod().equals(row.<Date>getAs("_billing_period").toLocalDate()))
        .map(d -> d.files().get(row.<Integer>getAs("_file_no") - 1))
        .findFirst()
        .orElseThrow();
  }

  private static Unread unread(Row row, DeliveredFile file) {
    return new Unread(
        file.rows(),
        row.getAs(ParquetRows.REJECTED),
        money(row, ParquetRows.COST),
        money(row, ParquetRows.REJECTED_COST));
  }

  private static BigDecimal money(Row row, String column) {
    BigDecimal sum = row.getAs(column);
    return sum == null ? BigDecimal.ZERO : sum;
  }

  /** Rows are those of the whole delivery; money is that of its Parquet files. */
  private static Optional<LandResult.Refusal> refusal(
      Config config, Delivery landed, Delivery known, Map<DeliveredFile, Unread> found) {
    Unread parquet =
        landed.files().stream()
            .map(file -> found.getOrDefault(file, NOTHING))
            .reduce(NOTHING, Unread::and);
    return new Unread(known.rows(), known.rejected(), parquet.cost(), parquet.rejectedCost())
        .tooMuch(config.limits(), "")
        .map(
            why ->
                new LandResult.Refusal(
                    known.sourceId(),
                    known.kind(),
                    known.billingPeriod(),
                    known.deliveryId(),
                    "Refused " + known.files().get(0).path() + ": " + why));
  }
}
