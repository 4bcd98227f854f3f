package costlake.night;

import costlake.build.Changes;
import costlake.config.SourceKind;
import costlake.core.Delivery;
import costlake.lake.NightStage;
import costlake.lake.TableName;
import costlake.model.Graph;
import costlake.model.RelationName;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The bills that a night maps to charges. The other charges of the days that it builds are carried
 * over from the published table, where mapping them again would give the same rows.
 *
 * @param bills bills whose rows the night reads
 * @param audited bills that are compared with their charges: those that landed, all bills of the
 *     kinds that are mapped again on all days, all bills of sources with other settings, and the
 *     bills of other months that share the id of a delivery with these
 * @param carried sources whose charges are carried over
 */
record MappedBills(List<Delivery> bills, List<Delivery> audited, Set<String> carried) {
  /** Table of the charges. */
  static final TableName CHARGES = TableName.parse("focus.cost_and_usage");

  /**
   * Finds the bills to map.
   *
   * @param kinds the kinds of sources that the night plans
   */
  static MappedBills of(
      Graph graph, List<SourceKind> kinds, NightStage night, NightChanges changes) {
    List<Delivery> all = changes.deliveries().bills();
    if (changes.changes().everything() || night.published(CHARGES).isEmpty()) {
      return new MappedBills(all, all, Set.of());
    }
    Set<String> remapped = remapped(graph, kinds, changes.changes());
    List<Delivery> differing = new ArrayList<>(changes.deliveries().billsLanded());
    all.stream()
        .filter(
            bill ->
                remapped.contains(bill.kind()) || changes.reconfigured().contains(bill.sourceId()))
        .filter(bill -> !differing.contains(bill))
        .forEach(differing::add);
    List<Delivery> audited = changes.withSharedIds(differing);
    Map<String, Set<String>> published =
        deliveriesBySource(night.published(CHARGES).orElseThrow(), remapped, changes.billDays());
    Set<String> carried =
        published.keySet().stream()
            .filter(source -> isCarried(source, published, remapped, changes))
            .collect(Collectors.toCollection(TreeSet::new));
    return new MappedBills(toRead(audited, published, carried, changes), audited, carried);
  }

  /**
   * Returns the kinds whose bills are mapped again on all days, because a model or a list that they
   * need changed.
   */
  private static Set<String> remapped(Graph graph, List<SourceKind> kinds, Changes changes) {
    Set<RelationName> common = graph.partsOf(graph.model(RelationName.parse(CHARGES.toString())));
    Set<String> remapped = new TreeSet<>();
    Set<String> mapped = new TreeSet<>();
    for (SourceKind kind : kinds) {
      if (kind.charges() == null) {
        continue;
      }
      Set<RelationName> own = graph.partsOf(graph.model(RelationName.parse(kind.charges())));
      common.removeAll(own);
      mapped.add(kind.id());
      if (changes.changesWholly(own)) {
        remapped.add(kind.id());
      }
    }
    return changes.changesWholly(common) ? mapped : remapped;
  }

  /** Returns the deliveries that published charges name, on the days that the night builds. */
  private static Map<String, Set<String>> deliveriesBySource(
      Dataset<Row> charges, Set<String> remapped, Set<LocalDate> days) {
    if (remapped.isEmpty() && days.isEmpty()) {
      return Map.of();
    }
    Dataset<Row> built =
        remapped.isEmpty()
            ? charges.filter(
                functions.col("x_ChargeDate").isin(days.stream().map(Date::valueOf).toArray()))
            : charges;
    return built.select("x_SourceId", "x_DeliveryId").distinct().collectAsList().stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getString(0),
                TreeMap::new,
                Collectors.mapping(row -> row.getString(1), Collectors.toSet())));
  }

  /**
   * Whether mapping the charges of a source again gives the published rows: its bills, models and
   * settings are the same, and all these rows come from deliveries that still count.
   */
  private static boolean isCarried(
      String source,
      Map<String, Set<String>> published,
      Set<String> remapped,
      NightChanges changes) {
    List<Delivery> current =
        changes.deliveries().bills().stream().filter(d -> d.sourceId().equals(source)).toList();
    return current.stream().noneMatch(bill -> remapped.contains(bill.kind()))
        && Collections.disjoint(current, changes.deliveries().landed())
        && !changes.reconfigured().contains(source)
        && published.getOrDefault(source, Set.of()).stream()
            .allMatch(id -> changes.stillCounts(source, id));
  }

  private static List<Delivery> toRead(
      List<Delivery> audited,
      Map<String, Set<String>> published,
      Set<String> carried,
      NightChanges changes) {
    Set<String> places = new HashSet<>();
    audited.forEach(bill -> places.add(NightDeliveries.place(bill)));
    published.forEach(
        (source, ids) ->
            ids.forEach(
                id ->
                    changes
                        .named(source, id)
                        .forEach(
                            d -> places.add(NightDeliveries.place(source, d.billingPeriod())))));
    return changes.deliveries().bills().stream()
        .filter(bill -> !carried.contains(bill.sourceId()))
        .filter(bill -> places.contains(NightDeliveries.place(bill)))
        .toList();
  }
}
