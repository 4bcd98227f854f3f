package costlake.model;

import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions and filters that SQL templates may use. */
public final class SqlExtension extends AbstractExtension {
  static final String RESOLVER = "_resolver";

  @Override
  public Map<String, Function> getFunctions() {
    return Map.of("ref", new Relation(), "source", new Relation());
  }

  @Override
  public Map<String, Filter> getFilters() {
    return Map.of(
        "literal", new Unary(SqlExtension::literal), "ident", new Unary(SqlExtension::ident));
  }

  /** Writes a value as an SQL literal. */
  public static String literal(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Collection<?> values) {
      return values.isEmpty()
          ? "null"
          : values.stream().map(SqlExtension::literal).collect(Collectors.joining(", "));
    }
    if (value instanceof LocalDate day) {
      return "date'" + day + "'";
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
      return value.toString();
    }
    return "'" + value.toString().replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** Writes a name in back quotes. */
  static String ident(Object name) {
    return "`" + name.toString().replace("`", "``") + "`";
  }

  private record Relation() implements Function {
    @Override
    public List<String> getArgumentNames() {
      return List.of("name");
    }

    @Override
    public Object execute(
        Map<String, Object> args, PebbleTemplate self, EvaluationContext context, int line) {
      Resolver resolver = (Resolver) context.getVariable(RESOLVER);
      if (resolver == null) {
        throw new PebbleException(
            null,
            "a macro must not name a relation. Pass the relation as an argument",
            line,
            self.getName());
      }
      return resolver.name(RelationName.parse(String.valueOf(args.get("name"))));
    }
  }

  private record Unary(java.util.function.Function<Object, String> of) implements Filter {
    @Override
    public List<String> getArgumentNames() {
      return List.of();
    }

    @Override
    public Object apply(
        Object input,
        Map<String, Object> args,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      return of.apply(input);
    }
  }
}
