namespace Keras2Dml.Keras.Files;

/// <summary>Kinds of files that hold a Keras model or a part of it.</summary>
internal enum KerasFormat
{
    /// <summary>A zip archive with config.json, metadata.json and weights (Keras 3, and Keras 2.12 on).</summary>
    Archive,

    /// <summary>The same as a folder.</summary>
    Folder,

    /// <summary>HDF5 with configuration and weights (<c>.h5</c>).</summary>
    LegacyHdf,

    /// <summary>The text of <c>model.to_json()</c>.</summary>
    Architecture,

    /// <summary>Weights alone: <c>.weights.h5</c>, legacy weights, shards, or npz.</summary>
    Weights,
}
