package picture

import "context"

// DecodeAs decodes data in a child as if its header were h.
func DecodeAs(ctx context.Context, data []byte, h Header) error {
	_, _, err := inChild(ctx, data, h, Limits{}.withDefaults())
	return err
}
