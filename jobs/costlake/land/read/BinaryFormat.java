package costlake.land.read;

/** A format of binary files. They compress their parts themselves. */
abstract class BinaryFormat implements Format {
  @Override
  public final boolean compressible() {
    return false;
  }

  @Override
  public final String unit() {
    return "row";
  }
}
