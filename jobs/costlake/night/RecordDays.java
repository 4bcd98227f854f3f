package costlake.night;

import costlake.build.DaysOfRecords;
import costlake.config.Config;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.SourceRelation;
import costlake.core.Delivery;
import costlake.land.Bronze;
import costlake.model.Graph;
import costlake.model.RelationName;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Finds the days whose hours of records a night must build again. */
final class RecordDays {
  private RecordDays() {}

  /**
   * Returns the days whose hours differ from those of the last publication, for each relation of
   * records; nothing if the deliveries of records are the same. The configuration must be
   * registered.
   *
   * @param whole inputs of which all rows may differ; if records are among them, they are not
   *     compared, because perhaps nothing can read the replaced delivery any more
   */
  static Map<RelationName, Set<LocalDate>> changed(
      SparkSession spark,
      Config config,
      Graph graph,
      NightDeliveries deliveries,
      Set<RelationName> whole) {
    List<Delivery> published = deliveries.published();
    if (records(published).equals(records(deliveries.current())) || hasRecords(whole)) {
      return Map.of();
    }
    return DaysOfRecords.differing(
        spark, graph, rows(spark, config, published), rows(spark, config, deliveries.current()));
  }

  private static boolean hasRecords(Set<RelationName> relations) {
    return SourceKinds.of(SourceKind.Family.RECORDS)
        .flatMap(kind -> kind.relations().stream())
        .map(NightChanges::name)
        .anyMatch(relations::contains);
  }

  private static Set<Delivery> records(List<Delivery> deliveries) {
    return deliveries.stream()
        .filter(delivery -> SourceKinds.of(delivery.kind()).isRecords())
        .collect(Collectors.toSet());
  }

  private static Map<RelationName, Dataset<Row>> rows(
      SparkSession spark, Config config, List<Delivery> deliveries) {
    Map<RelationName, Dataset<Row>> rows = new HashMap<>();
    SourceKinds.of(SourceKind.Family.RECORDS)
        .forEach(
            kind -> {
              for (SourceRelation relation : kind.relations()) {
                rows.put(
                    NightChanges.name(relation),
                    Bronze.rows(spark, config, kind, relation, deliveries));
              }
            });
    return rows;
  }
}
