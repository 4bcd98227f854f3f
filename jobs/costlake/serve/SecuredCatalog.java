package costlake.serve;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The only catalog of a user's session. It has the tables of one publication, each with the rows
 * that the user may see. It cannot be written to, and it has no earlier versions of the tables.
 *
 * <p>Public, because Spark creates catalogs by the name of their class. {@link #install} passes the
 * tables to the new catalog.
 */
public final class SecuredCatalog implements TableCatalog {
  static final String NAME = "costlake";

  /** The namespace of a table that a query names without one. */
  static final String DEFAULT_NAMESPACE = "reporting";

  /** The namespaces that are offered to users. */
  static final List<String> NAMESPACES = List.of(DEFAULT_NAMESPACE, "governance");

  private static final String TABLES = "tables";
  private static final Map<String, Map<String, SecuredTable>> HANDED_OVER =
      new ConcurrentHashMap<>();

  private Map<String, SecuredTable> tables = Map.of();

  /** Whether users may be offered a table, given its name with the namespace. */
  static boolean offers(String table) {
    return NAMESPACES.contains(table.substring(0, table.indexOf('.')));
  }

  /** Registers the tables in a session, under their names with the namespace. */
  static void install(SparkSession session, Map<String, SecuredTable> tables) {
    String key = UUID.randomUUID().toString();
    HANDED_OVER.put(key, Map.copyOf(tables));
    String catalog = "spark.sql.catalog." + NAME;
    session.conf().set(catalog, SecuredCatalog.class.getName());
    session.conf().set(catalog + "." + TABLES, key);
    session.conf().set("spark.sql.defaultCatalog", NAME);
    SparkSession.setActiveSession(session);
    ((org.apache.spark.sql.classic.SparkSession) session)
        .sessionState()
        .catalogManager()
        .catalog(NAME);
  }

  @Override
  public void initialize(String name, CaseInsensitiveStringMap options) {
    tables = HANDED_OVER.remove(options.get(TABLES));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String[] defaultNamespace() {
    return new String[] {DEFAULT_NAMESPACE};
  }

  @Override
  public Identifier[] listTables(String[] namespace) {
    String prefix = String.join(".", namespace) + ".";
    return tables.keySet().stream()
        .filter(table -> table.startsWith(prefix))
        .sorted()
        .map(table -> Identifier.of(namespace, table.substring(prefix.length())))
        .toArray(Identifier[]::new);
  }

  @Override
  public Table loadTable(Identifier identifier) throws NoSuchTableException {
    String name = String.join(".", identifier.namespace()) + "." + identifier.name();
    SecuredTable table = tables.get(name.toLowerCase(Locale.ROOT));
    if (table == null) {
      throw new NoSuchTableException(identifier);
    }
    return table;
  }

  @Override
  public Table alterTable(Identifier identifier, TableChange... changes) {
    throw readOnly();
  }

  @Override
  public boolean dropTable(Identifier identifier) {
    throw readOnly();
  }

  @Override
  public void renameTable(Identifier from, Identifier to) {
    throw readOnly();
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("serve sql only reads");
  }
}
