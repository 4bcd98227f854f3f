/** Reads Avro object container files. */
@NullMarked
package costlake.land.read.avro;

import org.jspecify.annotations.NullMarked;
