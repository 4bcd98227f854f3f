package costlake.model;

import costlake.config.ConfTables;
import costlake.config.Config;
import costlake.config.Origin;
import costlake.config.Required;
import costlake.config.YamlRecords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads models/inputs.yml; the conf.* relations come from the configuration itself. */
final class Inputs {
  static final String FILE = "models/inputs.yml";

  private record Document(@Required Map<String, Spec> inputs) {}

  private record Spec(
      @Required String meaning,
      @Nullable String day,
      @Nullable String columnsOf,
      Map<String, String> columns,
      Origin origin) {}

  private Inputs() {}

  static Map<RelationName, Input> read(String text, List<String> problems) {
    Map<RelationName, Input> inputs = new TreeMap<>();
    YamlRecords.read(text, FILE, Document.class, problems)
        .map(Document::inputs)
        .orElse(Map.of())
        .forEach(
            (name, spec) -> {
              RelationName relation = RelationName.parse(name);
              inputs.put(
                  relation,
                  new Input(relation, spec.meaning(), spec.day(), columns(spec, problems)));
            });
    ConfTables.of(Config.defaults(Path.of(".")))
        .forEach(
            table -> {
              RelationName relation = RelationName.parse(table.name());
              inputs.put(
                  relation,
                  new Input(relation, "Part of the configuration", null, ddl(table.ddl())));
            });
    return inputs;
  }

  private static Map<String, String> columns(Spec spec, List<String> problems) {
    Map<String, String> columns = new LinkedHashMap<>();
    if (spec.columnsOf() != null) {
      try (InputStream in = Inputs.class.getResourceAsStream("/conf/" + spec.columnsOf())) {
        if (in == null) {
          problems.add(spec.origin() + ": conf/" + spec.columnsOf() + " does not exist");
        } else {
          columns.putAll(listed(in));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read conf/" + spec.columnsOf(), e);
      }
    }
    columns.putAll(spec.columns());
    return columns;
  }

  /** A list below conf/reference that no entry describes: all its columns are text. */
  static Optional<Input> reference(RelationName name) {
    try (InputStream in =
        Inputs.class.getResourceAsStream("/conf/reference/" + name.name() + ".csv")) {
      if (in == null) {
        return Optional.empty();
      }
      Map<String, String> columns = new LinkedHashMap<>();
      for (String column : lines(in).readLine().split(",", -1)) {
        columns.put(column.strip(), "string");
      }
      return Optional.of(new Input(name, "Reference list", null, columns));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read conf/reference/" + name.name() + ".csv", e);
    }
  }

  private static BufferedReader lines(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private static Map<String, String> listed(InputStream csv) throws IOException {
    Map<String, String> columns = new LinkedHashMap<>();
    BufferedReader lines = lines(csv);
    lines.readLine();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] cells = line.split(",", 3);
      columns.put(cells[0], cells[1].equals("map") ? "map<string,string>" : "string");
    }
    return columns;
  }

  private static Map<String, String> ddl(String ddl) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String column : ddl.split(",(?![^(<]*[)>])", -1)) {
      String[] parts = column.strip().split("\\s+", 2);
      columns.put(parts[0], parts[1]);
    }
    return columns;
  }
}
