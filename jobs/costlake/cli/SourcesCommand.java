package costlake.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.config.Config;
import costlake.config.Source;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.lake.Lake;
import costlake.lake.Publication;
import costlake.night.DeliveredMonths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake sources}. */
@Command(
    name = "sources",
    description = {
      "List the sources, and what each delivered for a month.",
      "Without --period it lists only the sources."
    },
    footer = {"", "Example: costlake sources --conf demo/conf --period 2026-09"})
final class SourcesCommand implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin CommonOptions common;

  @Option(
      names = "--period",
      paramLabel = "YYYY-MM",
      description =
          "Also print whether the published lake has this billing month (of a cluster, its last"
              + " day).")
  @Nullable String period;

  @Option(
      names = "--json",
      description = "Print one line of JSON: a list with one object per source.")
  boolean json;

  @Override
  public void run() {
    Config config = common.config();
    if (period == null) {
      print(config.sources().stream().map(SourcesCommand::named).toList());
      return;
    }
    BillingPeriod month = BillingPeriod.parse(period);
    List<Delivery> published = published(config);
    print(
        config.sources().stream()
            .map(source -> named(source, DeliveredMonths.has(published, source, month)))
            .toList());
  }

  private static List<Delivery> published(Config config) {
    if (!Lake.exists(config.lake())) {
      return List.of();
    }
    try (LakeSession session = LakeSession.open(config)) {
      return session.lake().publication().map(Publication::deliveries).orElse(List.of());
    }
  }

  private static Map<String, Object> named(Source source) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", source.id());
    line.put("kind", source.kind());
    line.put("from", source.url() == null ? source.location() : source.url());
    return line;
  }

  private static Map<String, Object> named(Source source, boolean delivered) {
    Map<String, Object> line = named(source);
    line.put("delivered", delivered);
    return line;
  }

  private void print(List<Map<String, Object>> lines) {
    if (json) {
      common.out().println(JSON.valueToTree(lines).toString());
      return;
    }
    List<String> columns = new ArrayList<>(List.of("id", "kind", "from"));
    if (period != null) {
      columns.add("delivered");
    }
    List<List<String>> cells =
        lines.stream().map(line -> columns.stream().map(c -> text(line.get(c))).toList()).toList();
    new ResultPrinter(common.out()).table(columns, cells, new boolean[columns.size()]);
  }

  private static String text(@Nullable Object value) {
    return value instanceof Boolean yes ? yes ? "yes" : "no" : String.valueOf(value);
  }
}
