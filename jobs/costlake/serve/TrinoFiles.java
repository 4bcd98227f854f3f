package costlake.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import costlake.config.Config;
import costlake.config.LakeConfig;
import costlake.config.Member;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.model.Contract;
import costlake.model.Model;
import costlake.model.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Writes the files with which Trino shows each user the same rows as {@code serve sql}: the
 * catalog, the groups of users, and a row filter for each group. Users who may see the same rows
 * form one group.
 */
public final class TrinoFiles {
  static final String CATALOG = "costlake";
  private static final String SECRET = "${ENV:COSTLAKE_CATALOG_PASSWORD}";

  private final Config config;
  private final Path to;
  private final String location;

  private TrinoFiles(Config config, Path to, String location) {
    this.config = config;
    this.to = to;
    this.location = location;
  }

  /**
   * Writes the files.
   *
   * @param to the folder to write to
   * @param location path of the folder on the machine of Trino
   * @return the files written
   * @throws Failure with exit code 2 if Trino cannot read the format of the lake
   */
  public static List<Path> write(Config config, Path to, String location) {
    if (config.lake().format() != LakeConfig.Format.ICEBERG) {
      throw Failure.operator(
          """
          Cannot write Trino's files for lake.format delta: Trino cannot read the catalog of its
          tables. Use lake.format iceberg, or 'costlake serve sql'
          """);
    }
    return new TrinoFiles(config, to, location).write();
  }

  private List<Path> write() {
    Map<TeamScope, String> groups = new LinkedHashMap<>();
    Map<String, Set<String>> people = new TreeMap<>();
    for (Member member : config.owners().members()) {
      TeamScope scope = TeamScope.of(config.owners(), member);
      String group = groups.computeIfAbsent(scope, TrinoFiles::group);
      people.computeIfAbsent(group, g -> new TreeSet<>()).add(member.user());
    }
    return List.of(
        file("catalog/" + CATALOG + ".properties", lines(catalog())),
        file(
            "access-control.properties",
            lines(
                Map.of(
                    "access-control.name",
                    "file",
                    "security.config-file",
                    location + "/rules.json"))),
        file(
            "group-provider.properties",
            lines(
                Map.of(
                    "group-provider.name", "file", "file.group-file", location + "/groups.txt"))),
        file("groups.txt", groups(people)),
        file("rules.json", rules(groups)));
  }

  private static String group(TeamScope scope) {
    return "costlake_"
        + scope.teams().map(teams -> "teams_" + String.join("+", teams)).orElse("finance");
  }

  private static String groups(Map<String, Set<String>> people) {
    StringBuilder text = new StringBuilder();
    people.forEach(
        (group, users) ->
            text.append(group).append(':').append(String.join(",", users)).append('\n'));
    return text.toString();
  }

  private Map<String, String> catalog() {
    LakeConfig.Catalog catalog = config.lake().catalog();
    Map<String, String> p = new LinkedHashMap<>();
    p.put("connector.name", "iceberg");
    switch (catalog.type()) {
      case JDBC -> addJdbcProperties(catalog, p);
      case REST -> {
        p.put("iceberg.catalog.type", "rest");
        p.put("iceberg.rest-catalog.uri", catalog.uri());
        if (catalog.warehouse() != null) {
          p.put("iceberg.rest-catalog.warehouse", catalog.warehouse());
        }
      }
      case GLUE -> p.put("iceberg.catalog.type", "glue");
    }
    p.put("iceberg.security", "system");
    files(catalog, p);
    return p;
  }

  /**
   * Enables S3 if the warehouse is on S3, otherwise the local file system. For a REST catalog,
   * always enables S3, because the catalog may choose S3.
   */
  private static void files(LakeConfig.Catalog catalog, Map<String, String> p) {
    boolean isRest = catalog.type() == LakeConfig.CatalogType.REST;
    boolean s3 = catalog.warehouse() != null && catalog.warehouse().startsWith("s3");
    if (s3 || isRest) {
      p.put("fs.native-s3.enabled", "true");
    }
    if (!s3) {
      p.put("fs.native-local.enabled", "true");
      p.put("local.location", "/");
    }
  }

  private void addJdbcProperties(LakeConfig.Catalog catalog, Map<String, String> p) {
    boolean embedded = catalog.isEmbedded();
    String uri =
        embedded
            ? "jdbc:sqlite:" + config.lake().root() + "/catalog.db?busy_timeout=60000"
            : Objects.requireNonNull(catalog.uri());
    p.put("iceberg.catalog.type", "jdbc");
    p.put("iceberg.jdbc-catalog.catalog-name", catalog.name());
    p.put(
        "iceberg.jdbc-catalog.driver-class",
        uri.startsWith("jdbc:sqlite:") ? "org.sqlite.JDBC" : "org.postgresql.Driver");
    p.put("iceberg.jdbc-catalog.connection-url", uri);
    p.put(
        "iceberg.jdbc-catalog.connection-user",
        embedded ? "none" : catalog.properties().getOrDefault("jdbc.user", "costlake"));
    p.put("iceberg.jdbc-catalog.connection-password", embedded ? "none" : SECRET);
    p.put("iceberg.jdbc-catalog.schema-version", "V1");
    p.put("iceberg.jdbc-catalog.default-warehouse-dir", config.lake().tables());
  }

  private static String rules(Map<TeamScope, String> groups) {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode rules = json.createObjectNode();
    ArrayNode catalogs = rules.putArray("catalogs");
    ArrayNode schemas = rules.putArray("schemas");
    ArrayNode access = rules.putArray("tables");
    groups.forEach(
        (scope, group) -> {
          String pattern = Pattern.quote(group);
          catalogs
              .addObject()
              .put("group", pattern)
              .put("catalog", CATALOG)
              .put("allow", "read-only");
          for (String namespace : SecuredCatalog.NAMESPACES) {
            tablesByCondition(scope, namespace)
                .forEach((condition, names) -> allow(access, pattern, namespace, names, condition));
          }
        });
    catalogs.addObject().put("catalog", "system").put("allow", "read-only");
    catalogs.addObject().put("allow", "none");
    schemas.addObject().put("owner", false);
    allowListing(access, "jdbc", ".*");
    allowListing(access, "metadata", "table_comments");
    access.addObject().putArray("privileges");
    try {
      return json.writeValueAsString(rules) + "\n";
    } catch (JsonProcessingException e) {
      throw Failure.internal(e, "Failed to write the rules of Trino");
    }
  }

  /** Allows a group to read the rows of tables that fulfil a condition. */
  private static void allow(
      ArrayNode access, String group, String namespace, List<String> tables, String condition) {
    ObjectNode rule = access.addObject().put("group", group).put("catalog", CATALOG);
    rule.put("schema", namespace).put("table", String.join("|", tables));
    rule.putArray("privileges").add("SELECT");
    if (!condition.equals(TeamScope.EVERY_ROW)) {
      rule.put("filter", condition);
    }
  }

  /**
   * Allows users to list tables and columns. Trino lists only the tables and columns that the user
   * may see.
   */
  private static void allowListing(ArrayNode access, String schema, String table) {
    ObjectNode rule = access.addObject().put("catalog", "system").put("schema", schema);
    rule.put("table", table).putArray("privileges").add("SELECT");
  }

  /** Returns the tables of a namespace that a scope may see, by the condition for their rows. */
  private static Map<String, List<String>> tablesByCondition(TeamScope scope, String namespace) {
    Map<String, List<String>> tables = new TreeMap<>();
    for (Model model : Models.embedded().compile().order()) {
      if (model.name().namespace().equals(namespace)
          && model.contract().materialized() == Contract.Materialized.TABLE) {
        scope
            .condition(model.name().toString(), model.contract().columnNames())
            .ifPresent(
                condition ->
                    tables
                        .computeIfAbsent(condition, c -> new ArrayList<>())
                        .add(model.name().name()));
      }
    }
    tables.values().forEach(Collections::sort);
    return tables;
  }

  private static String lines(Map<String, String> properties) {
    List<String> lines = new ArrayList<>();
    properties.forEach((key, value) -> lines.add(key + "=" + value));
    return String.join("\n", lines) + "\n";
  }

  private Path file(String name, String text) {
    Path file = to.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw Failure.operator(
          e, "Cannot write %s: %s. Give --to another folder", file, FileErrors.why(e));
    }
  }
}
