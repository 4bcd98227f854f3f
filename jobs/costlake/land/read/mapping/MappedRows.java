package costlake.land.read.mapping;

import costlake.config.MappingText;
import costlake.config.UserMapping;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.ForwardedRows;
import costlake.land.read.rows.RowReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Adds fields to the rows of a file that a user's mapping computes: the columns of the charge. They
 * come after the delivered fields. A row that does not fit the mapping is rejected.
 */
public final class MappedRows extends ForwardedRows {
  /** Start of the names of computed fields, which no delivered column has. */
  private static final String COMPUTED = "mapped:";

  private final RowMapper mapper;
  private final int width;
  private final List<String> columns = columns();
  private @Nullable ChargeRow charge;

  private MappedRows(RowReader rows, RowMapper mapper, int width) {
    super(rows);
    this.mapper = mapper;
    this.width = width;
  }

  /** The names of the computed columns, in their order. */
  static List<String> columns() {
    List<String> columns = new ArrayList<>(UserMapping.kind().relations().get(0).types().keySet());
    columns.removeAll(List.of("native"));
    return columns;
  }

  /** The name of a computed field. */
  static String field(String column) {
    return COMPUTED + column;
  }

  /** Returns the position of a delivered or computed field; -1 if there is none. */
  public static int position(List<String> header, String field) {
    return field.startsWith(COMPUTED)
        ? header.size() + columns().indexOf(field.substring(COMPUTED.length()))
        : header.indexOf(field);
  }

  /** Reads a file with a mapping. */
  public static RowReader of(FilePlan file, MappingText mapping, Set<Integer> wanted, Opener opener)
      throws IOException {
    RowMapper mapper = new RowMapper(UserMapping.pinned(mapping), file.columns());
    Set<Integer> fields = new HashSet<>(mapper.positions());
    wanted.stream().filter(field -> field < file.width()).forEach(fields::add);
    return new MappedRows(opener.open(fields), mapper, file.width());
  }

  /** Opens a file to read some of its delivered fields. */
  public interface Opener {
    RowReader open(Set<Integer> fields) throws IOException;
  }

  @Override
  public boolean next() throws IOException {
    charge = null;
    if (!rows.next()) {
      return false;
    }
    if (rows.reject() == null) {
      charge = mapper.map(rows);
    }
    return true;
  }

  @Override
  public @Nullable String reject() {
    return charge == null ? rows.reject() : charge.problem();
  }

  @Override
  public @Nullable UTF8String text(int field) {
    if (field < width) {
      return rows.text(field);
    }
    return charge == null ? null : UTF8String.fromString(charge.get(columns.get(field - width)));
  }

  @Override
  public boolean isInstant(int field) {
    return field < width && rows.isInstant(field);
  }

  @Override
  public Map<UTF8String, UTF8String> object(int field) {
    return field < width ? rows.object(field) : new HashMap<>();
  }

  @Override
  public List<String> repairs() {
    List<String> repairs = new ArrayList<>(rows.repairs());
    if (charge != null) {
      repairs.addAll(charge.repairs());
    }
    return repairs;
  }
}
