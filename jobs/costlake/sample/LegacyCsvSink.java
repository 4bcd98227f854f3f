package costlake.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes rows of CUR 2.0 in the format of the legacy report, which has headers with a slash, and
 * one column for each tag and product attribute.
 */
final class LegacyCsvSink implements RowSink {
  private static final List<String> TAGS =
      List.of(
          "cluster",
          "env",
          "environment",
          "model",
          "note",
          "owner",
          "project",
          "team",
          "team_name");
  private static final List<String> ATTRIBUTES =
      List.of("gpu", "memory", "operating_system", "product_name", "region", "tenancy", "vcpu");

  private final CsvSink csv;

  LegacyCsvSink(Path path) throws IOException {
    List<String> header = new ArrayList<>();
    for (ExportField field : ExportColumns.AWS) {
      switch (field.name()) {
        case "resource_tags" -> TAGS.forEach(tag -> header.add("resourceTags/user:" + tag));
        case "product" -> ATTRIBUTES.forEach(name -> header.add("product/" + attribute(name)));
        case "discount", "cost_category" -> {}
        default -> header.add(slashed(field.name()));
      }
    }
    csv = new CsvSink(path, header);
  }

  @Override
  public void write(Object[] values) throws IOException {
    List<Object> row = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      Map<?, ?> map = values[i] instanceof Map<?, ?> entries ? entries : Map.of();
      switch (ExportColumns.AWS.get(i).name()) {
        case "resource_tags" -> TAGS.forEach(tag -> row.add(map.get("user_" + tag)));
        case "product" -> ATTRIBUTES.forEach(name -> row.add(map.get(name)));
        case "discount", "cost_category" -> {}
        default -> row.add(values[i]);
      }
    }
    csv.write(row.toArray());
  }

  private static String attribute(String name) {
    return name.equals("product_name") ? "ProductName" : camel(name);
  }

  static String slashed(String name) {
    for (String group :
        List.of(
            "bill",
            "identity",
            "line_item",
            "pricing",
            "product",
            "reservation",
            "savings_plan",
            "split_line_item",
            "discount")) {
      if (name.startsWith(group + "_")) {
        String rest = camel(name.substring(group.length() + 1));
        boolean lower =
            group.equals("product") || (group.equals("pricing") && "term unit".contains(rest));
        return camel(group)
            + "/"
            + (lower ? rest : Character.toUpperCase(rest.charAt(0)) + rest.substring(1));
      }
    }
    throw new IllegalArgumentException("No group of columns holds " + name);
  }

  private static String camel(String snake) {
    StringBuilder camel = new StringBuilder();
    boolean up = false;
    for (int i = 0; i < snake.length(); i++) {
      char c = snake.charAt(i);
      if (c == '_') {
        up = true;
      } else {
        camel.append(up ? Character.toUpperCase(c) : c);
        up = false;
      }
    }
    return camel.toString();
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
