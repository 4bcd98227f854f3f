package costlake.sample;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.TreeMap;

/**
 * A resource of Google Cloud, with what the bill asks for each of its days.
 *
 * @param id its id on the bill
 */
record CloudResource(String id, Map<LocalDate, Costs> days) {
  /** Returns the first resource that is billed by a meter. */
  static CloudResource of(String meter, SampleSettings settings, SampleCompany company) {
    Map<LocalDate, Costs> days = new TreeMap<>();
    String id = "";
    for (YearMonth month = settings.first();
        !month.isAfter(settings.last());
        month = month.plusMonths(1)) {
      CloudMonth use =
          new CloudMonth(CloudCatalogue.GOOGLE, settings, company, new ExpectedFigures(), month);
      for (LocalDate day : use.days()) {
        MeteredUse first = first(use, day, meter);
        days.put(day, first.costs());
        id = first.resource();
      }
    }
    return new CloudResource(id, days);
  }

  private static MeteredUse first(CloudMonth use, LocalDate day, String meter) {
    return use.uses(day).stream()
        .filter(metered -> metered.service().meter().equals(meter))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the cost of all days from one day to another one. */
  Costs between(LocalDate first, LocalDate last) {
    return days.entrySet().stream()
        .filter(day -> !day.getKey().isBefore(first) && !day.getKey().isAfter(last))
        .map(Map.Entry::getValue)
        .reduce(Costs.NONE, Costs::plus);
  }
}
