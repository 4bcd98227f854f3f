package costlake.sample;

import costlake.sample.PlantedIncident.Commitment;
import costlake.sample.PlantedIncident.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The incidents of the company, and the resources that only they need; none by default. */
final class PlantedIncidents {
  private static final Incidents ALL = SampleFile.read("incidents.yml", Incidents.class);

  private final SampleSettings settings;
  private final List<PlantedIncident> incidents;

  PlantedIncidents(SampleSettings settings) {
    this.settings = settings;
    this.incidents =
        ALL.incidents().stream()
            .filter(incident -> settings.hasIncidents())
            .filter(incident -> !incident.first(settings).isBefore(settings.first().atDay(1)))
            .toList();
  }

  private record Incidents(List<PlantedIncident> incidents, List<Resource> resources) {}

  /**
   * Resources of AWS with the tag of a team.
   *
   * @param isNew whether they exist only while an incident goes on
   */
  record Resource(String owner, int count, boolean isNew, MeteredService service) {}

  /** Returns the resources that exist on a day. */
  List<Resource> resources(LocalDate day) {
    return settings.hasIncidents()
        ? ALL.resources().stream().filter(one -> !one.isNew() || isChanged(one, day)).toList()
        : List.of();
  }

  private boolean isChanged(Resource resource, LocalDate day) {
    return of(resource.service().usageType(), day).findAny().isPresent();
  }

  /** Returns the incidents that change a service on a day. */
  Stream<PlantedIncident> of(String meter, LocalDate day) {
    return on(day).filter(incident -> meter.equals(incident.meter()));
  }

  /** Returns how much is used of what is usually used. */
  BigDecimal quantity(String meter, LocalDate day, BigDecimal usual) {
    return changed(meter, day, usual, PlantedIncident::quantity);
  }

  /** Returns the price of what usually has another one. */
  BigDecimal price(String meter, LocalDate day, BigDecimal usual) {
    return changed(meter, day, usual, PlantedIncident::price);
  }

  private BigDecimal changed(
      String meter,
      LocalDate day,
      BigDecimal usual,
      Function<PlantedIncident, @Nullable BigDecimal> ratio) {
    return of(meter, day)
        .map(ratio)
        .flatMap(Stream::ofNullable)
        .reduce(usual, (value, times) -> value.multiply(times).stripTrailingZeros());
  }

  /** Returns the incident by which a commitment does not exist on a day. */
  Stream<PlantedIncident> deleted(Commitment commitment, LocalDate day) {
    return on(day).filter(of(commitment, Kind.DELETED_COMMITMENT));
  }

  boolean isDeleted(Commitment commitment, LocalDate day) {
    return deleted(commitment, day).findAny().isPresent();
  }

  /** Returns the incident by which nobody uses a commitment on a day. */
  Stream<PlantedIncident> unused(Commitment commitment, LocalDate day) {
    return unused(commitment).filter(incident -> isOn(incident, day));
  }

  /** Returns the incidents by which nobody uses a commitment. */
  Stream<PlantedIncident> unused(Commitment commitment) {
    return incidents.stream().filter(of(commitment, Kind.COMMITMENT_UNUSED));
  }

  boolean isUnused(Commitment commitment, LocalDate day) {
    return unused(commitment, day).findAny().isPresent();
  }

  private static Predicate<PlantedIncident> of(Commitment commitment, Kind kind) {
    return incident -> incident.kind() == kind && incident.commitment() == commitment;
  }

  private Stream<PlantedIncident> on(LocalDate day) {
    return incidents.stream().filter(incident -> isOn(incident, day));
  }

  private boolean isOn(PlantedIncident incident, LocalDate day) {
    return !day.isBefore(incident.first(settings)) && day.isBefore(incident.end(settings));
  }
}
