package costlake.night;

import costlake.config.Config;
import costlake.config.Source;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.core.Delivery;
import costlake.lake.NightStage;
import costlake.lake.Publication;
import costlake.land.LandResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The deliveries of a night.
 *
 * @param before deliveries of the last publication, without those of removed sources
 * @param current every delivery in force after the night is published
 * @param landed deliveries of this night
 * @param removed deliveries of sources that are removed in this night
 */
record NightDeliveries(
    List<Delivery> before, List<Delivery> current, List<Delivery> landed, List<Delivery> removed) {
  NightDeliveries {
    before = List.copyOf(before);
    current = List.copyOf(current);
    landed = List.copyOf(landed);
    removed = List.copyOf(removed);
  }

  /**
   * Finds the deliveries of a night.
   *
   * @param removing sources that this night removes
   */
  static NightDeliveries of(NightStage night, LandResult landing, Set<String> removing) {
    List<Delivery> published = night.before().map(Publication::deliveries).orElse(List.of());
    List<Delivery> removed =
        published.stream().filter(d -> removing.contains(d.sourceId())).toList();
    List<Delivery> before = new ArrayList<>(published);
    before.removeAll(removed);
    List<Delivery> current = new ArrayList<>(before);
    landing.landed().forEach(taken -> current.removeIf(d -> place(d).equals(place(taken))));
    current.addAll(landing.landed());
    return new NightDeliveries(before, current, landing.landed(), removed);
  }

  /** Returns the same deliveries, some of them with other counts of rows. */
  NightDeliveries with(List<Delivery> counted) {
    Map<Delivery.Identity, Delivery> others =
        counted.stream().collect(Collectors.toMap(Delivery::identity, Function.identity()));
    return new NightDeliveries(
        before,
        current.stream().map(d -> others.getOrDefault(d.identity(), d)).toList(),
        landed,
        removed);
  }

  /**
   * Returns the kinds of sources whose models this night compiles: the kinds that are configured,
   * or that have deliveries or had them until now.
   */
  List<SourceKind> kinds(Config config) {
    Stream<String> configured = config.everySource().stream().map(Source::kind);
    Stream<String> delivered =
        Stream.concat(published().stream(), landed.stream()).map(Delivery::kind);
    return SourceKinds.active(
        Stream.concat(configured, delivered).collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Returns the bills in force after the night. */
  List<Delivery> bills() {
    return current.stream().filter(NightDeliveries::isBill).toList();
  }

  /** Returns the bills that this night landed. */
  List<Delivery> billsLanded() {
    return landed.stream().filter(NightDeliveries::isBill).toList();
  }

  /** Returns the deliveries of the last publication, also those of removed sources. */
  List<Delivery> published() {
    return Stream.concat(before.stream(), removed.stream()).toList();
  }

  /** Returns some bills, and all deliveries of the other families, of which a night reads all. */
  List<Delivery> withOthers(List<Delivery> bills) {
    return current.stream().filter(d -> !isBill(d) || bills.contains(d)).toList();
  }

  /** Returns the key of the source and period of a delivery; a later delivery has the same. */
  static String place(Delivery delivery) {
    return place(delivery.sourceId(), delivery.billingPeriod());
  }

  static String place(String source, LocalDate period) {
    return source + " " + period;
  }

  static boolean isBill(Delivery delivery) {
    return SourceKinds.of(delivery.kind()).isBill();
  }

  static boolean isTelemetry(Delivery delivery) {
    return SourceKinds.of(delivery.kind()).isTelemetry();
  }
}
