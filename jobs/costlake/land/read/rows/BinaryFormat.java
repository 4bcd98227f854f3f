package costlake.land.read.rows;

/**
 * A format of binary files. The files are compressed internally, so they are never compressed as a
 * whole.
 */
public abstract class BinaryFormat implements Format {
  @Override
  public final boolean compressible() {
    return false;
  }

  @Override
  public final String unit() {
    return "row";
  }
}
