package schema

// MutationInputs are the Go shapes of the mutations' inputs, by the input's name.
func MutationInputs() map[string]any {
	inputs := map[string]any{}
	for _, m := range mutations {
		inputs[m.input] = m.shape
	}
	return inputs
}
