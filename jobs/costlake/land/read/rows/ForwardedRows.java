package costlake.land.read.rows;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Reads what another reader reads. A subclass overrides what it changes. */
public abstract class ForwardedRows implements RowReader {
  protected final RowReader rows;

  protected ForwardedRows(RowReader rows) {
    this.rows = rows;
  }

  @Override
  public boolean next() throws IOException {
    return rows.next();
  }

  @Override
  public @Nullable String reject() {
    return rows.reject();
  }

  @Override
  public @Nullable UTF8String text(int field) {
    return rows.text(field);
  }

  @Override
  public BigDecimal roundedOff(int field) {
    return rows.roundedOff(field);
  }

  @Override
  public boolean isInstant(int field) {
    return rows.isInstant(field);
  }

  @Override
  public Map<UTF8String, UTF8String> object(int field) {
    return rows.object(field);
  }

  @Override
  public List<String> repairs() {
    return rows.repairs();
  }

  @Override
  public long number() {
    return rows.number();
  }

  @Override
  public boolean whole() {
    return rows.whole();
  }

  @Override
  public long key(RowIdentity identity) {
    return rows.key(identity);
  }

  @Override
  public long wholeKey(long seed) {
    return rows.wholeKey(seed);
  }

  @Override
  public String raw() {
    return rows.raw();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
