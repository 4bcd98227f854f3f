package costlake.night;

import costlake.build.Changes;
import costlake.build.SpreadDays;
import costlake.config.Config;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.SourceRelation;
import costlake.config.SourceSettings;
import costlake.core.Delivery;
import costlake.lake.NightStage;
import costlake.land.Bronze;
import costlake.land.LandResult;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import costlake.telemetry.Telemetry;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The changes since the last publication.
 *
 * @param past every delivery of any publication
 * @param facts digests of everything besides deliveries
 * @param reconfigured sources that the night reads with other settings
 * @param readsAllTelemetry whether the night reads all days of telemetry, because it builds a table
 *     of measurements completely
 * @param measured inputs whose days are read from telemetry if they change
 */
record NightChanges(
    NightDeliveries deliveries,
    Set<Delivery.Identity> past,
    NightFacts facts,
    Changes changes,
    Set<String> reconfigured,
    boolean readsAllTelemetry,
    Set<RelationName> measured) {

  /**
   * Finds the changes.
   *
   * @param graph the models of the kinds of sources that the night plans
   */
  static NightChanges of(
      SparkSession spark,
      Config config,
      Graph graph,
      NightStage night,
      LandResult landing,
      NightDeliveries deliveries,
      NightFacts facts) {
    Set<String> reconfigured =
        facts.reconfigured().stream()
            .map(SourceSettings.Key::source)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<RelationName> whole = whole(facts, deliveries);
    Changes changes =
        facts.isFirstOfCode()
            ? Changes.all()
            : Changes.of(
                union(
                    List.of(
                        days(spark, config, graph, deliveries, landing, facts, reconfigured),
                        publishedDays(night, deliveries.removed(), reconfigured),
                        deliveredDays(spark, config, graph, deliveries, reconfigured),
                        daysOfMeasurements(deliveries, reconfigured),
                        RecordDays.changed(spark, config, graph, deliveries, whole))),
                whole,
                facts.models(graph));
    return new NightChanges(
        deliveries,
        night.deliveriesEver(),
        facts,
        changes,
        reconfigured,
        readsAllTelemetry(graph, changes),
        measured(graph));
  }

  /**
   * Returns the inputs of the tables of measurements. A table is built with all rows of a day, so
   * if the jobs of a day differ, its samples are read again. Runs of trackers are not among them.
   */
  static Set<RelationName> measured(Graph graph) {
    return graph.order().stream()
        .filter(Model::stored)
        .map(graph::partsOf)
        .filter(
            parts ->
                parts.stream()
                    .anyMatch(name -> !graph.isModel(name) && graph.input(name).day() != null))
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  /** Whether a table of measurements is built completely. */
  static boolean readsAllTelemetry(Graph graph, Changes changes) {
    return changes.readWholly(graph).stream().anyMatch(name -> graph.input(name).day() != null);
  }

  private static Map<RelationName, Set<LocalDate>> union(
      List<Map<RelationName, Set<LocalDate>>> parts) {
    Map<RelationName, Set<LocalDate>> all = new HashMap<>();
    parts.forEach(
        part ->
            part.forEach(
                (relation, some) ->
                    all.computeIfAbsent(relation, any -> new TreeSet<>()).addAll(some)));
    return all;
  }

  /** Returns the days with charges of removed deliveries, or of sources with other settings. */
  private static Map<RelationName, Set<LocalDate>> publishedDays(
      NightStage night, List<Delivery> removed, Set<String> reconfigured) {
    Map<RelationName, Set<LocalDate>> days = new HashMap<>();
    Set<String> sources = new TreeSet<>(reconfigured);
    removed.stream().filter(NightDeliveries::isBill).map(Delivery::sourceId).forEach(sources::add);
    if (!sources.isEmpty()) {
      night.published(MappedBills.CHARGES).map(charges -> daysByKind(charges, sources)).stream()
          .flatMap(List::stream)
          .forEach(
              row ->
                  relations(SourceKinds.of(row.getString(0)))
                      .forEach(
                          relation ->
                              days.computeIfAbsent(relation, any -> new TreeSet<>())
                                  .add(row.getDate(1).toLocalDate())));
    }
    return days;
  }

  /**
   * Returns the days of the rows of bills with other settings, as they are read now: other settings
   * can put a row on a day without charges.
   */
  private static Map<RelationName, Set<LocalDate>> deliveredDays(
      SparkSession spark,
      Config config,
      Graph graph,
      NightDeliveries deliveries,
      Set<String> reconfigured) {
    return union(
        deliveries.bills().stream()
            .filter(bill -> reconfigured.contains(bill.sourceId()))
            .map(bill -> changed(spark, config, graph, Optional.empty(), bill))
            .toList());
  }

  /** Returns the days of measurements that are removed, or that are read with other settings. */
  static Map<RelationName, Set<LocalDate>> daysOfMeasurements(
      NightDeliveries deliveries, Set<String> reconfigured) {
    Map<RelationName, Set<LocalDate>> days = new HashMap<>();
    Stream.concat(
            deliveries.removed().stream(),
            deliveries.current().stream().filter(d -> reconfigured.contains(d.sourceId())))
        .filter(NightDeliveries::isTelemetry)
        .forEach(
            delivery ->
                relations(SourceKinds.of(delivery.kind()))
                    .forEach(
                        relation ->
                            days.computeIfAbsent(relation, any -> new TreeSet<>())
                                .add(delivery.billingPeriod())));
    return days;
  }

  private static List<Row> daysByKind(Dataset<Row> charges, Set<String> sources) {
    return charges
        .filter(functions.col("x_SourceId").isin(sources.toArray()))
        .select("x_SourceKind", "x_ChargeDate")
        .distinct()
        .collectAsList();
  }

  /** Returns the inputs of which all rows may differ. */
  static Set<RelationName> whole(NightFacts facts, NightDeliveries deliveries) {
    Set<RelationName> whole = new TreeSet<>(facts.inputs());
    Stream<SourceKind> tables =
        Stream.concat(deliveries.landed().stream(), deliveries.removed().stream())
            .map(delivery -> SourceKinds.of(delivery.kind()))
            .filter(SourceKind::isTable);
    Stream<SourceKind> reconfigured =
        facts.reconfigured().stream()
            .map(source -> SourceKinds.of(source.kind()))
            .filter(kind -> kind.isTable() || kind.isRecords());
    Stream<SourceKind> described = SourceKinds.all().stream().filter(facts::differs);
    Stream.of(tables, reconfigured, described)
        .flatMap(kinds -> kinds)
        .flatMap(NightChanges::relations)
        .forEach(whole::add);
    return whole;
  }

  /**
   * Returns the days on which landed bills and measurements differ from those before. Does not
   * compare bills that are read in another way now: all their days are built, and perhaps nothing
   * can read the replaced delivery any more.
   */
  private static Map<RelationName, Set<LocalDate>> days(
      SparkSession spark,
      Config config,
      Graph graph,
      NightDeliveries deliveries,
      LandResult landing,
      NightFacts facts,
      Set<String> reconfigured) {
    Map<RelationName, Set<LocalDate>> days = new HashMap<>();
    dated().forEach(relation -> days.put(relation, new TreeSet<>()));
    for (Delivery delivery : deliveries.landed()) {
      Optional<Delivery> old = landing.before(delivery);
      List<Delivery> both = Stream.concat(Stream.of(delivery), old.stream()).toList();
      boolean isReadAnew =
          reconfigured.contains(delivery.sourceId())
              || both.stream().map(d -> SourceKinds.of(d.kind())).anyMatch(facts::differs);
      if (both.stream().anyMatch(NightDeliveries::isBill) && !isReadAnew) {
        changed(spark, config, graph, old, delivery)
            .forEach(
                (relation, some) ->
                    days.computeIfAbsent(relation, none -> new TreeSet<>()).addAll(some));
      }
    }
    Telemetry.changedDays(config, deliveries.before(), deliveries.current())
        .forEach((relation, some) -> days.put(RelationName.parse(relation), some));
    return days;
  }

  /**
   * Returns, by relation, the days of a bill that differ from the previous delivery: days whose
   * rows differ, and days to which a differing row of another day refers, e.g. the row of a
   * commitment. If the source changed its kind, each delivery has rows in the relations of its own
   * kind only.
   */
  private static Map<RelationName, Set<LocalDate>> changed(
      SparkSession spark,
      Config config,
      Graph graph,
      Optional<Delivery> before,
      Delivery delivery) {
    Map<RelationName, Set<LocalDate>> changed = new HashMap<>();
    Bronze.changedDays(spark, config, before, delivery)
        .forEach(
            (relation, days) -> {
              Set<LocalDate> all = new TreeSet<>(days);
              if (!days.isEmpty() && SpreadDays.isSpread(graph, name(relation))) {
                Dataset<Row> now = Bronze.rows(spark, config, relation, delivery);
                Dataset<Row> then =
                    before
                        .map(old -> Bronze.rows(spark, config, relation, old))
                        .orElseGet(() -> now.limit(0));
                all.addAll(SpreadDays.days(spark, graph, name(relation), then, now));
              }
              changed.put(name(relation), all);
            });
    return changed;
  }

  static RelationName name(SourceRelation relation) {
    return new RelationName("bronze", relation.name());
  }

  /** Returns the relations that models read of a kind, also those of its telemetry. */
  static Stream<RelationName> relations(SourceKind kind) {
    return Stream.concat(
        kind.relations().stream().map(NightChanges::name),
        Telemetry.relations(kind).stream().map(RelationName::parse));
  }

  /** Returns the relations of all kinds whose rows have days. */
  private static Set<RelationName> dated() {
    return SourceKinds.all().stream()
        .filter(SourceKind::isDated)
        .flatMap(NightChanges::relations)
        .collect(Collectors.toSet());
  }

  /** Returns the relations of all kinds of bills. */
  private static Set<RelationName> bills() {
    return SourceKinds.of(SourceKind.Family.BILL)
        .flatMap(NightChanges::relations)
        .collect(Collectors.toSet());
  }

  boolean nothing(NightStage night) {
    return changes.isEmpty()
        && !night.leavesOut()
        && night.before().map(p -> p.deliveries().equals(deliveries.current())).orElse(false);
  }

  /** Returns the days on which the rows of a bill changed. */
  Set<LocalDate> billDays() {
    Set<LocalDate> days = new TreeSet<>();
    bills().forEach(relation -> days.addAll(changes.days().getOrDefault(relation, Set.of())));
    return days;
  }

  /** Whether the delivery of a source with this id still counts, in every month that has the id. */
  boolean stillCounts(String source, String deliveryId) {
    Set<Delivery.Identity> counting =
        deliveries.bills().stream().map(Delivery::identity).collect(Collectors.toSet());
    return counting.containsAll(named(source, deliveryId));
  }

  /**
   * Returns every delivery of a source with this id, which may be of an earlier night. Deliveries
   * of several months can have the same id.
   */
  Set<Delivery.Identity> named(String source, String deliveryId) {
    Set<Delivery.Identity> named =
        past.stream()
            .filter(d -> d.sourceId().equals(source) && d.deliveryId().equals(deliveryId))
            .collect(Collectors.toSet());
    if (named.isEmpty()) {
      throw new IllegalStateException("No publication has delivery " + deliveryId);
    }
    return named;
  }

  /** Returns the days for which the night reads telemetry. */
  Set<LocalDate> measuredDays() {
    if (readsAllTelemetry) {
      return deliveries.current().stream()
          .filter(NightDeliveries::isTelemetry)
          .map(Delivery::billingPeriod)
          .collect(Collectors.toCollection(TreeSet::new));
    }
    Set<LocalDate> days = new TreeSet<>();
    measured.forEach(relation -> days.addAll(changes.days().getOrDefault(relation, Set.of())));
    return days;
  }

  /**
   * Returns the deliveries whose rows the queries of this night read, directly or from tables that
   * were built from these rows.
   */
  List<Delivery> involved() {
    Set<LocalDate> measured = measuredDays();
    return deliveries.current().stream()
        .filter(d -> SourceKinds.of(d.kind()).isDated() || measured.contains(d.billingPeriod()))
        .toList();
  }

  /** Returns the deliveries of telemetry that the build of this night reads. */
  List<Delivery> telemetryToRead() {
    Set<LocalDate> measured = measuredDays();
    return deliveries.current().stream()
        .filter(d -> NightDeliveries.isTelemetry(d) && measured.contains(d.billingPeriod()))
        .toList();
  }

  /**
   * Returns a condition for the charges of these bills and of every earlier delivery of the same
   * source and month, including charges on days that are not rebuilt.
   */
  Column charges(List<Delivery> bills) {
    return ids(bills).entrySet().stream()
        .map(source -> charges(source.getKey(), source.getValue()))
        .reduce(Column::or)
        .orElse(functions.lit(false));
  }

  /**
   * Returns these bills and all bills of months that had a delivery with the same id as theirs,
   * because a charge names the id of its delivery and not the month.
   */
  List<Delivery> withSharedIds(List<Delivery> bills) {
    Map<String, Set<String>> ids = ids(bills);
    Set<String> places =
        identities()
            .filter(d -> ids.getOrDefault(d.sourceId(), Set.of()).contains(d.deliveryId()))
            .map(NightChanges::place)
            .collect(Collectors.toSet());
    List<Delivery> sharing =
        deliveries.bills().stream()
            .filter(bill -> places.contains(NightDeliveries.place(bill)))
            .toList();
    return sharing.size() == bills.size() ? bills : withSharedIds(sharing);
  }

  /** Returns, by source, the ids of all deliveries that the months of these bills ever had. */
  private Map<String, Set<String>> ids(List<Delivery> bills) {
    Set<String> places = bills.stream().map(NightDeliveries::place).collect(Collectors.toSet());
    Map<String, Set<String>> ids = new TreeMap<>();
    identities()
        .filter(d -> places.contains(place(d)))
        .forEach(
            d -> ids.computeIfAbsent(d.sourceId(), any -> new TreeSet<>()).add(d.deliveryId()));
    return ids;
  }

  private Stream<Delivery.Identity> identities() {
    return Stream.concat(past.stream(), deliveries.landed().stream().map(Delivery::identity));
  }

  private static String place(Delivery.Identity delivery) {
    return NightDeliveries.place(delivery.sourceId(), delivery.billingPeriod());
  }

  private static Column charges(String source, Set<String> deliveryIds) {
    return functions
        .col("x_SourceId")
        .equalTo(source)
        .and(functions.col("x_DeliveryId").isin(deliveryIds.toArray()));
  }
}
