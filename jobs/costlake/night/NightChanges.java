package costlake.night;

import costlake.build.Changes;
import costlake.build.ConfigurationViews;
import costlake.build.SpreadDays;
import costlake.close.ClosedMonths;
import costlake.config.Config;
import costlake.config.Source;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.SourceRelation;
import costlake.core.Delivery;
import costlake.lake.NightStage;
import costlake.lake.Publication;
import costlake.lake.TableName;
import costlake.land.Bronze;
import costlake.land.LandResult;
import costlake.model.Graph;
import costlake.model.RelationName;
import costlake.telemetry.Telemetry;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
 * The changes since the last publication, and the deliveries that the night must read for them.
 *
 * @param current every delivery in force after the night is published
 * @param landed deliveries of this night
 * @param removed deliveries of sources that are removed in this night
 * @param past every delivery of any publication
 * @param facts digests that the next night compares
 */
record NightChanges(
    List<Delivery> current,
    List<Delivery> landed,
    List<Delivery> removed,
    Set<Delivery.Identity> past,
    Map<String, String> facts,
    Changes changes) {
  private static final TableName CHARGES = TableName.parse("focus.cost_and_usage");
  private static final String MODELS = "models";

  /**
   * Finds the changes.
   *
   * @param graph the models of all kinds of sources, so that the models do not count as changed
   *     when a kind is used for the first time
   * @param removing sources that this night removes
   */
  static NightChanges of(
      SparkSession spark,
      Config config,
      Graph graph,
      NightStage night,
      LandResult landing,
      Set<String> removing) {
    List<Delivery> published = night.before().map(Publication::deliveries).orElse(List.of());
    List<Delivery> removed =
        published.stream().filter(d -> removing.contains(d.sourceId())).toList();
    List<Delivery> before = new ArrayList<>(published);
    before.removeAll(removed);
    List<Delivery> current = new ArrayList<>(before);
    landing.landed().forEach(taken -> current.removeIf(d -> key(d).equals(key(taken))));
    current.addAll(landing.landed());
    Map<String, String> facts = new TreeMap<>(ConfigurationViews.digests(config, graph));
    facts.putAll(ClosedMonths.digests(night.closes()));
    facts.put(MODELS, ConfigurationViews.digest(graph));
    Map<String, String> known = night.before().map(Publication::facts).orElse(Map.of());
    boolean everything = !facts.get(MODELS).equals(known.get(MODELS));
    Changes changes =
        everything
            ? Changes.all()
            : new Changes(
                false,
                and(
                    days(spark, config, graph, before, current, landing),
                    and(
                        removedDays(night, removed),
                        RecordDays.changed(spark, config, graph, published, current))),
                whole(facts, known, Stream.concat(landing.landed().stream(), removed.stream())));
    return new NightChanges(
        current, landing.landed(), removed, night.deliveriesEver(), facts, changes);
  }

  private static Map<RelationName, Set<LocalDate>> and(
      Map<RelationName, Set<LocalDate>> days, Map<RelationName, Set<LocalDate>> more) {
    Map<RelationName, Set<LocalDate>> all = new HashMap<>();
    Stream.of(days, more)
        .forEach(
            part ->
                part.forEach(
                    (relation, some) ->
                        all.computeIfAbsent(relation, any -> new TreeSet<>()).addAll(some)));
    return all;
  }

  /** Returns the days that have rows of removed deliveries. */
  private static Map<RelationName, Set<LocalDate>> removedDays(
      NightStage night, List<Delivery> removed) {
    Map<RelationName, Set<LocalDate>> days = new HashMap<>();
    for (String source :
        removed.stream()
            .filter(NightChanges::isBill)
            .map(Delivery::sourceId)
            .collect(Collectors.toSet())) {
      night
          .published(CHARGES)
          .orElseThrow()
          .filter(functions.col("x_SourceId").equalTo(source))
          .select("x_SourceKind", "x_ChargeDate")
          .distinct()
          .collectAsList()
          .forEach(
              row ->
                  relations(SourceKinds.of(row.getString(0)))
                      .forEach(
                          relation ->
                              days.computeIfAbsent(relation, any -> new TreeSet<>())
                                  .add(row.getDate(1).toLocalDate())));
    }
    for (Delivery delivery : removed) {
      if (isTelemetry(delivery)) {
        Telemetry.relations(SourceKinds.of(delivery.kind()))
            .forEach(
                relation ->
                    days.computeIfAbsent(RelationName.parse(relation), any -> new TreeSet<>())
                        .add(delivery.billingPeriod()));
      }
    }
    return days;
  }

  private static Set<RelationName> whole(
      Map<String, String> facts, Map<String, String> known, Stream<Delivery> differing) {
    Set<RelationName> whole = new TreeSet<>();
    facts.forEach(
        (name, digest) -> {
          if (!name.equals(MODELS) && !digest.equals(known.get(name))) {
            whole.add(RelationName.parse(name));
          }
        });
    differing
        .map(delivery -> SourceKinds.of(delivery.kind()))
        .filter(SourceKind::isTable)
        .flatMap(NightChanges::relations)
        .forEach(whole::add);
    return whole;
  }

  private static Map<RelationName, Set<LocalDate>> days(
      SparkSession spark,
      Config config,
      Graph graph,
      List<Delivery> before,
      List<Delivery> current,
      LandResult landing) {
    Map<RelationName, Set<LocalDate>> days = new HashMap<>();
    dated().forEach(relation -> days.put(relation, new TreeSet<>()));
    for (Delivery delivery : landing.landed()) {
      Optional<Delivery> old = landing.before(delivery);
      if (Stream.concat(Stream.of(delivery), old.stream()).anyMatch(NightChanges::isBill)) {
        changed(spark, config, graph, old, delivery)
            .forEach(
                (relation, some) ->
                    days.computeIfAbsent(relation, none -> new TreeSet<>()).addAll(some));
      }
    }
    Telemetry.changedDays(config, before, current)
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
    if (before.filter(old -> !old.kind().equals(delivery.kind())).isPresent()) {
      // The build may no longer know the relations of the earlier kind.
      Set<LocalDate> every = new TreeSet<>();
      changed.values().forEach(every::addAll);
      changed.replaceAll((relation, days) -> every);
    }
    return changed;
  }

  static RelationName name(SourceRelation relation) {
    return new RelationName("bronze", relation.name());
  }

  private static Stream<RelationName> relations(SourceKind kind) {
    return kind.relations().stream().map(NightChanges::name);
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

  /**
   * Returns the kinds of sources whose models this night compiles: the kinds that are configured or
   * have deliveries.
   */
  List<SourceKind> kinds(Config config) {
    Stream<String> configured = config.everySource().stream().map(Source::kind);
    Stream<String> delivered =
        Stream.concat(current.stream(), removed.stream()).map(Delivery::kind);
    return SourceKinds.active(
        Stream.concat(configured, delivered).collect(Collectors.toCollection(TreeSet::new)));
  }

  boolean nothing(NightStage night) {
    return changes.isEmpty()
        && night.before().map(p -> p.deliveries().equals(current)).orElse(false);
  }

  /** Returns the days on which the rows of a bill changed. */
  private Set<LocalDate> billDays() {
    Set<LocalDate> days = new TreeSet<>();
    bills().forEach(relation -> days.addAll(changes.days().getOrDefault(relation, Set.of())));
    return days;
  }

  /** Returns the deliveries whose rows the build of the changed days reads. */
  List<Delivery> toRead(NightStage night) {
    if (readsAll() || night.published(CHARGES).isEmpty()) {
      return current;
    }
    Set<String> needed = new HashSet<>();
    landed.forEach(delivery -> needed.add(key(delivery.sourceId(), delivery.billingPeriod())));
    Object[] days = billDays().stream().map(Date::valueOf).toArray();
    if (days.length > 0) {
      night
          .published(CHARGES)
          .orElseThrow()
          .filter(functions.col("x_ChargeDate").isin(days))
          .select("x_SourceId", "x_DeliveryId")
          .distinct()
          .collectAsList()
          .forEach(row -> needed.add(place(row.getString(0), row.getString(1))));
    }
    return current.stream()
        .filter(d -> !isBill(d) || needed.contains(key(d.sourceId(), d.billingPeriod())))
        .toList();
  }

  /** Returns the key of the source and period of a delivery, which may be of an earlier night. */
  private String place(String source, String deliveryId) {
    return past.stream()
        .filter(d -> d.sourceId().equals(source) && d.deliveryId().equals(deliveryId))
        .map(d -> key(d.sourceId(), d.billingPeriod()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No publication has delivery " + deliveryId));
  }

  private static String key(Delivery delivery) {
    return key(delivery.sourceId(), delivery.billingPeriod());
  }

  private static String key(String source, LocalDate period) {
    return source + " " + period;
  }

  /** Whether the night reads all deliveries, because models or reference lists changed. */
  private boolean readsAll() {
    return changes.everything()
        || changes.whole().stream().anyMatch(r -> r.namespace().equals("reference"));
  }

  /** Returns the days for which the night reads telemetry. */
  Set<LocalDate> measuredDays() {
    if (readsAll()) {
      return current.stream()
          .filter(NightChanges::isTelemetry)
          .map(Delivery::billingPeriod)
          .collect(Collectors.toCollection(TreeSet::new));
    }
    Set<LocalDate> days = new TreeSet<>();
    Set<RelationName> bills = bills();
    changes
        .days()
        .forEach(
            (relation, some) -> {
              if (!bills.contains(relation)) {
                days.addAll(some);
              }
            });
    return days;
  }

  /**
   * Returns the deliveries whose rows the queries of this night read, directly or from tables that
   * were built from these rows.
   */
  List<Delivery> involved() {
    Set<LocalDate> measured = measuredDays();
    return current.stream()
        .filter(d -> SourceKinds.of(d.kind()).isDated() || measured.contains(d.billingPeriod()))
        .toList();
  }

  /** Returns the deliveries of telemetry that the build of this night reads. */
  List<Delivery> telemetryToRead() {
    Set<LocalDate> measured = measuredDays();
    return current.stream()
        .filter(d -> isTelemetry(d) && measured.contains(d.billingPeriod()))
        .toList();
  }

  private static boolean isTelemetry(Delivery delivery) {
    return SourceKinds.of(delivery.kind()).isTelemetry();
  }

  static boolean isBill(Delivery delivery) {
    return SourceKinds.of(delivery.kind()).isBill();
  }

  /** Returns the bills that this night landed. */
  List<Delivery> billsLanded() {
    return landed.stream().filter(NightChanges::isBill).toList();
  }

  /**
   * Returns the deliveries whose rows audits read: the bills that this night landed, and all other
   * deliveries.
   */
  List<Delivery> toAudit() {
    return current.stream().filter(d -> !isBill(d) || landed.contains(d)).toList();
  }

  boolean billsTaken() {
    return !billsLanded().isEmpty();
  }

  /**
   * Returns a condition for the charges of the bills that this night landed and of every earlier
   * delivery of the same source and month, including charges on days that are not rebuilt.
   */
  Column delivered() {
    Set<String> places = new HashSet<>();
    billsLanded().forEach(d -> places.add(key(d.sourceId(), d.billingPeriod())));
    return Stream.concat(past.stream(), landed.stream().map(Delivery::identity))
        .distinct()
        .filter(d -> places.contains(key(d.sourceId(), d.billingPeriod())))
        .map(
            d ->
                functions
                    .col("x_SourceId")
                    .equalTo(d.sourceId())
                    .and(functions.col("x_DeliveryId").equalTo(d.deliveryId())))
        .reduce(Column::or)
        .orElse(functions.lit(false));
  }
}
