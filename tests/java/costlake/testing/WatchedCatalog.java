package costlake.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.logging.Logger;
import jdk.jfr.Event;
import jdk.jfr.Name;

/**
 * A JDBC driver that wraps the real driver of a catalog and reports to the flight recorder of the
 * JVM (JFR) which metadata file a table is about to get. Its URLs begin with {@code jdbc:watched:}
 * instead of {@code jdbc:}.
 */
public final class WatchedCatalog implements Driver {
  private static final String PREFIX = "jdbc:watched:";

  /** The event that the catalog is about to commit this metadata file of a table. */
  @Name(Commit.NAME)
  static final class Commit extends Event {
    static final String NAME = "costlake.CatalogCommit";

    String path;
  }

  /** Returns the JDBC URL with which this driver watches an embedded catalog. */
  public static String address(java.nio.file.Path file) throws SQLException {
    DriverManager.registerDriver(new WatchedCatalog());
    return PREFIX + "sqlite:" + file;
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public Connection connect(String url, Properties info) throws SQLException {
    return acceptsURL(url)
        ? watched(DriverManager.getConnection(url.replace("watched:", ""), info))
        : null;
  }

  private static Connection watched(Connection real) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          Object result = call(real, method, arguments);
          return result instanceof PreparedStatement statement ? watched(statement) : result;
        });
  }

  private static PreparedStatement watched(PreparedStatement real) {
    Map<Integer, String> texts = new TreeMap<>();
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("setString")) {
            texts.put((Integer) arguments[0], (String) arguments[1]);
          } else if (method.getName().equals("executeUpdate")) {
            tell(texts);
          }
          return call(real, method, arguments);
        });
  }

  /** Reports the new metadata file, which comes before the replaced file in the parameters. */
  private static void tell(Map<Integer, String> texts) {
    texts.values().stream()
        .filter(text -> text != null && text.endsWith(".metadata.json"))
        .findFirst()
        .ifPresent(
            location -> {
              Commit commit = new Commit();
              commit.path = location.replaceFirst("^file:/*", "/");
              commit.commit();
            });
  }

  private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object on, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }
}
