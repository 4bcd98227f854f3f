package costlake.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the expected figures while the bills are generated. */
final class ExpectedFigures {
  private static final String SEPARATOR = "\u0000";

  private final Map<String, Costs> totals = new TreeMap<>();
  private final Map<String, Long> rows = new TreeMap<>();
  private final Map<String, Costs> teams = new TreeMap<>();
  private final Map<String, Costs> pools = new TreeMap<>();
  private final Map<String, BigDecimal> invoices = new TreeMap<>();
  private final Map<String, Object[]> resources = new TreeMap<>();
  private final List<Object[]> waste = new ArrayList<>();
  private final List<Object[]> events = new ArrayList<>();
  private final Map<String, BigDecimal> incidents = new TreeMap<>();

  void charge(String source, YearMonth month, Owner owner, Costs costs) {
    totals.merge(key(source, month), costs, Costs::plus);
    rows.merge(key(source, month), 1L, Long::sum);
    teams.merge(key(source, month, owner.team(), owner.found(), owner.via()), costs, Costs::plus);
    if (!owner.pool().isEmpty()) {
      pools.merge(key(month, owner.pool()), costs, Costs::plus);
    }
  }

  /** Adds the unused part of a commitment, for which FOCUS has a separate charge. */
  void unused(String source, YearMonth month, Owner owner, BigDecimal cost) {
    Costs costs = new Costs(BigDecimal.ZERO, cost, cost, cost);
    totals.merge(key(source, month), costs, Costs::plus);
    teams.merge(key(source, month, owner.team(), owner.found(), owner.via()), costs, Costs::plus);
  }

  void invoice(String issuer, String account, YearMonth month, String id, BigDecimal billed) {
    invoices.merge(key(issuer, account, month, id), billed, BigDecimal::add);
  }

  void resource(String source, String resource, Owner owner) {
    resources.putIfAbsent(
        key(source, resource, owner.team()),
        new Object[] {
          source,
          resource,
          owner.team(),
          owner.project(),
          owner.environment(),
          owner.model(),
          owner.found(),
          owner.via()
        });
  }

  void waste(LocalDate day, String resource, String team, String kind, int hours, BigDecimal cost) {
    waste.add(new Object[] {day, resource, team, kind, hours, cost});
  }

  void event(LocalDate day, String event, String detail) {
    events.add(new Object[] {day, event, detail});
  }

  /** Adds what an incident costs on a day: the change of the effective cost that it explains. */
  void incident(PlantedIncident incident, LocalDate first, LocalDate day, BigDecimal cost) {
    incidents.merge(
        key(first, incident.kind(), incident.cause(), incident.team(), day), cost, BigDecimal::add);
  }

  void write(Path dir) throws IOException {
    Path truth = Files.createDirectories(dir.resolve("truth"));
    List<Object[]> sums = new ArrayList<>();
    totals.forEach(
        (key, costs) -> sums.add(joined(parts(key), "USD", rows.getOrDefault(key, 0L), costs)));
    table(
        truth.resolve("totals.csv"),
        "source_id,billing_month,currency,rows,billed_cost,effective_cost,list_cost,contracted_cost",
        sums);
    table(
        truth.resolve("team_costs.csv"),
        "source_id,billing_month,team,found_team,found_via,billed_cost,effective_cost,list_cost,contracted_cost",
        costs(teams));
    table(
        truth.resolve("pools.csv"),
        "billing_month,pool_id,billed_cost,effective_cost,list_cost,contracted_cost",
        costs(pools));
    table(
        truth.resolve("owners.csv"),
        "source_id,resource_id,team,project,environment,model,found_team,found_via",
        resources.values());
    table(truth.resolve("waste.csv"), "day,resource_id,team,kind,hours,effective_cost", waste);
    table(truth.resolve("events.csv"), "day,event,detail", events);
    if (!incidents.isEmpty()) {
      List<Object[]> costs = new ArrayList<>();
      incidents.forEach((key, cost) -> costs.add(joined(parts(key), cost)));
      table(truth.resolve("incidents.csv"), "first_day,kind,cause,team,day,cost", costs);
    }
    List<Object[]> bills = new ArrayList<>();
    invoices.forEach((key, amount) -> bills.add(joined(parts(key), "USD", amount)));
    Path folder = Files.createDirectories(dir.resolve("invoices"));
    table(
        folder.resolve("invoices.csv"),
        "issuer,billing_account_id,billing_month,invoice_id,currency,amount",
        bills);
  }

  private static List<Object[]> costs(Map<String, Costs> sums) {
    List<Object[]> rows = new ArrayList<>();
    sums.forEach((key, costs) -> rows.add(joined(parts(key), costs)));
    return rows;
  }

  private static Object[] joined(Object[] start, Object... more) {
    List<Object> row = new ArrayList<>(Arrays.asList(start));
    for (Object value : more) {
      if (value instanceof Costs costs) {
        row.addAll(List.of(costs.billed(), costs.effective(), costs.list(), costs.contracted()));
      } else {
        row.add(value);
      }
    }
    return row.toArray();
  }

  static void table(Path path, String header, Iterable<Object[]> rows) throws IOException {
    try (CsvSink sink = new CsvSink(path, List.of(header.split(",", -1)))) {
      for (Object[] row : rows) {
        sink.write(row);
      }
    }
  }

  private static String key(Object... parts) {
    List<String> texts = new ArrayList<>();
    for (Object part : parts) {
      texts.add(part.toString());
    }
    return String.join(SEPARATOR, texts);
  }

  private static Object[] parts(String key) {
    return key.split(SEPARATOR, -1);
  }
}
