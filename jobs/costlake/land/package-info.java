/**
 * Turns deliveries of sources into pinned files and the bronze relations over them.
 *
 * <p>{@link costlake.land.Landing} finds deliveries and pins their bytes; {@link
 * costlake.land.Bronze} reads pinned files in place as rows. Each package below handles one kind of
 * delivery and does not use the others.
 */
@NullMarked
package costlake.land;

import org.jspecify.annotations.NullMarked;
