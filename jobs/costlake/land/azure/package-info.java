/** Azure: manifests of Cost Management exports. */
@NullMarked
package costlake.land.azure;

import org.jspecify.annotations.NullMarked;
