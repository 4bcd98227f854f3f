package costlake.sample;

import costlake.template.Templates;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the configuration of the company and its business figures. */
final class SampleConfiguration {
  private static final List<String> FILES =
      List.of(
          "costlake.yml", "sources.yml", "owners.yml", "allocation.yml", "budgets.yml", "tags.yml");

  private final SampleSettings settings;
  private final SampleCompany company;
  private final Templates templates = Templates.text(SampleFile.FOLDER, Locale.ROOT);

  SampleConfiguration(SampleSettings settings, SampleCompany company) {
    this.settings = settings;
    this.company = company;
  }

  /** Writes a configuration that reads all sources of the sample company. */
  void write(Path dir) throws IOException {
    benefits(Files.createDirectories(dir.resolve("business")).resolve("benefits.csv"));
    write(dir, true);
  }

  /** Writes a configuration that reads only the AWS bill. */
  void writeForBill(Path dir) throws IOException {
    write(dir, false);
  }

  private void write(Path dir, boolean everySource) throws IOException {
    Path conf = Files.createDirectories(dir.resolve("conf"));
    Map<String, Object> values = values(everySource);
    for (String file : FILES) {
      Files.writeString(conf.resolve(file), templates.print(file, values));
    }
  }

  /** Returns the values for the templates; they depend on the settings. */
  private Map<String, Object> values(boolean everySource) {
    YearMonth last = settings.last();
    return Map.of(
        "every_source",
        everySource,
        "end_of_month_before",
        last.minusMonths(1).atEndOfMonth(),
        "end_of_month",
        last.atEndOfMonth(),
        "telemetry",
        settings.telemetryMonths() > 0,
        "step_s",
        settings.stepS(),
        "hand_over",
        SampleData.handOver(settings),
        "teams",
        company.teams().stream()
            .collect(Collectors.toMap(SampleCompany.Team::id, Function.identity())));
  }

  /** Writes the measured benefits of some models. The other models have no benefits. */
  private void benefits(Path path) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    SeededRandom random = new SeededRandom(settings.seed()).with("benefits");
    for (YearMonth month = settings.first();
        !month.isAfter(settings.last());
        month = month.plusMonths(1)) {
      SeededRandom own = random.with(month.toString());
      BigDecimal orders = own.with(1).between(new BigDecimal("41000"), new BigDecimal("52000"), 0);
      rows.add(
          row("ranker-v7", month, "conversions", orders, orders.multiply(new BigDecimal("2.1"))));
      BigDecimal revenue = own.with(2).between(new BigDecimal("68000"), new BigDecimal("97000"), 2);
      rows.add(row("ctr-v5", month, "revenue", null, revenue));
      BigDecimal saved = own.with(3).between(new BigDecimal("310"), new BigDecimal("560"), 1);
      rows.add(
          row("detector-v3", month, "hours_saved", saved, saved.multiply(new BigDecimal("54"))));
    }
    ExpectedFigures.table(path, "model,month,kind,quantity,value_usd,currency", rows);
  }

  private static @Nullable Object[] row(
      String model, YearMonth month, String kind, @Nullable BigDecimal quantity, BigDecimal value) {
    return new Object[] {model, month, kind, quantity, value, "USD"};
  }
}
