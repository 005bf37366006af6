using System.Collections.Frozen;

namespace Keras2Dml.Dml.Semantics.Checking;

/// <summary>The built-in functions of DML: names, arguments and results.</summary>
internal static class BuiltinSignatures
{
    // One line a signature: style, names, parameters as name:kinds (? optional, ... repeated), results after the arrow.
    private const string Table = """
        positional abs sqrt exp floor ceil ceiling round sign sin cos tan asin acos atan sinh cosh tanh is.na is.nan is.infinite isNA isNaN isInf ( X:mstf ) -> cells
        positional sigmoid ( X:ms ) -> cells
        positional log ( X:mst base:ms? ) -> cells
        positional xor bitwAnd bitwOr bitwXor bitwShiftL bitwShiftR ( X:ms Y:ms ) -> cells
        positional min max pmin pmax ( X:mslt ... ) -> cells
        positional ifelse ( condition:ms then:mst otherwise:mst ) -> cells
        positional outer ( column:m row:m operator:T ) -> matrix
        positional sum mean avg prod sd var trace tr det interQuartileMean ( X:m weights:m? ) -> double
        positional rowSums rowMeans rowMaxs rowMins rowVars rowSds rowProds rowIndexMax rowIndexMin ( X:m ) -> matrix
        positional colSums colMeans colMaxs colMins colVars colSds colProds ( X:m ) -> matrix
        positional cumsum cumprod cummin cummax cumsumprod rowcumsum ( X:m ) -> matrix
        positional countDistinct countDistinctApprox ( X:m type:t? dir:t? ) -> double
        positional rowCountDistinct colCountDistinct rowCountDistinctApprox colCountDistinctApprox ( X:m type:t? ) -> matrix
        either unique ( X:m dir:t? ) -> matrix
        positional nrow ncol length ( X:mfl ) -> integer
        positional nnz ( X:m ) -> integer
        positional t rev diag ( X:mf ) -> matrix
        positional roll ( X:m shift:ms ) -> matrix
        named lower.tri upper.tri ( target:m diag:s? values:s? ) -> matrix
        positional cbind rbind append ( X:mfslt ... ) -> bound
        either seq ( from:st to:st incr:st? ) -> matrix
        positional sample ( range:s size:s replace:s? seed:s? ) -> matrix
        named removeEmpty ( target:m margin:t select:m? empty.return:s? ) -> matrix
        named order ( target:mf by:ms? decreasing:s? index.return:s? ) -> matrix
        named replace ( target:mf pattern:st replacement:st ) -> matrix
        named contains ( target:mfl pattern:st ) -> boolean
        positional solve ( A:m b:m ) -> matrix
        positional inv inverse cholesky sqrtMatrixJava ( A:m ) -> matrix
        positional svd ( A:m ) -> matrix matrix matrix
        positional qr ( A:m ) -> matrix matrix
        positional eigen ( A:m ) -> matrix matrix
        positional lu ( A:m ) -> matrix matrix matrix
        positional fft fft_linearized ( re:m ) -> matrix matrix
        positional ifft ifft_linearized ( re:m im:m? ) -> matrix matrix
        positional stft ( X:m window:s overlap:s ) -> matrix matrix
        positional einsum ( equation:t X:ms ... ) -> unknown
        either table ctable ( X:m Y:ms? W:ms? rows:s? cols:s? more:s? ) -> matrix
        named aggregate groupedAggregate ( target:m groups:m weights:m? fn:t ngroups:s? order:st? ) -> matrix
        positional quantile ( X:m Y:ms Z:ms? ) -> quantile
        positional median ( X:m weights:m? ) -> double
        positional interQuantile ( X:m Y:ms Z:ms? ) -> matrix
        positional moment centralMoment ( X:m Y:ms order:s? ) -> double
        positional cov ( X:m Y:m weights:m? ) -> double
        named cdf icdf ( target:s dist:t? mean:s? sd:s? df:s? df1:s? df2:s? rate:s? lower.tail:s? ) -> double
        named pnorm qnorm pt qt pf qf pchisq qchisq pexp qexp ( target:s mean:s? sd:s? df:s? df1:s? df2:s? rate:s? lower.tail:s? ) -> double
        positional as.scalar castAsScalar ( X:mfl ) -> scalar
        positional as.matrix ( X:sfl ) -> matrix
        positional as.integer ( x:st ) -> integer
        positional as.double ( x:st ) -> double
        positional as.logical as.boolean ( x:st ) -> boolean
        positional as.frame ( X:mslft ) -> frame
        positional as.list ( X:lf ) -> list
        positional list ( item:mstflb? ... ) -> list
        positional remove ( L:l key:st ) -> list list
        positional exists ( name:mstfl ) -> boolean
        positional eval ( function:T arguments:mstfl ... ) -> unknown
        positional evalList ( function:T arguments:mstfl ... ) -> list
        positional time ( ) -> integer
        either toString ( target:mstfl rows:s? cols:s? decimal:s? sparse:s? sep:t? linesep:t? ) -> string
        either matrix ( data:mst rows:s? cols:s? byrow:s? ) -> matrix
        either frame ( data:mstlb rows:s? cols:s? schema:bt? ) -> frame
        either tensor ( data:mst dims:mtb byrow:s? ) -> unknown
        named rand Rand ( rows:s? cols:s? min:s? max:s? sparsity:s? seed:s? pdf:t? lambda:s? dims:mtb? ) -> matrix
        either read ( file:t format:t? data_type:t? value_type:t? rows:s? cols:s? nnz:s? header:s? sep:t? fill:s? default:s? naStrings:tb? sparse:s? indSep:t? rows_in_block:s? cols_in_block:s? description:t? author:t? created:t? dataset:t? privacy:t? schema:t? transform:st? ) -> read
        either write ( data:mstfl file:t format:t? header:s? sep:t? sparse:s? rows:s? cols:s? rows_in_block:s? cols_in_block:s? description:t? author:t? indSep:t? dataset:t? privacy:t? ) ->
        positional print ( text:mstfl ... ) ->
        positional stop ( message:st ) ->
        positional assert ( condition:ms ) ->
        open conv2d ( X:m filter:m stride:b padding:b input_shape:b filter_shape:b ) -> matrix
        open conv2d_backward_filter ( X:m dout:m stride:b padding:b input_shape:b filter_shape:b ) -> matrix
        open conv2d_backward_data ( filter:m dout:m stride:b padding:b input_shape:b filter_shape:b ) -> matrix
        open max_pool avg_pool ( X:m stride:b padding:b input_shape:b pool_size:b ) -> matrix
        open max_pool_backward avg_pool_backward ( X:m dout:m stride:b padding:b input_shape:b pool_size:b ) -> matrix
        positional bias_add bias_multiply ( X:m bias:m ) -> matrix
        positional lstm ( X:m W:m b:m out0:m c0:m return_sequences:s ) -> matrix matrix matrix matrix matrix
        positional lstm_backward ( X:m W:m b:m out0:m c0:m return_sequences:s dout:m dc:m cache_out:m? cache_c:m? cache_ifog:m? ) -> matrix matrix matrix matrix matrix
        positional batch_norm2d ( X:m scale:m shift:m mean:m variance:m mode:t epsilon:s momentum:s ) -> matrix matrix matrix matrix matrix
        positional batch_norm2d_backward ( X:m dout:m scale:m epsilon:s mean:m inv_std:m ) -> matrix matrix matrix
        named transformencode ( target:fm spec:t ) -> matrix frame
        named transformapply ( target:fm spec:t meta:fm embedding:m? ) -> matrix
        named transformdecode ( target:m spec:t meta:fm ) -> frame
        named transformcolmap ( target:fm spec:t ) -> matrix
        named transformmeta ( spec:t transformPath:t? sep:t? ) -> frame
        named tokenize ( target:f spec:t max_tokens:s? ) -> frame
        positional map ( X:fm lambda:t margin:s? ) -> frame
        positional typeof detectSchema colnames ( X:fm ) -> frame
        positional applySchema dropInvalidType valueSwap ( X:f schema:f ) -> frame
        positional dropInvalidLength ( X:f lengths:fm ) -> frame
        positional freplicate ( X:f rows:s ) -> frame
        positional compress decompress local ( X:mf ) -> matrix
        positional rowClassMeet rcm ( X:m Y:m ) -> matrix matrix matrix matrix
        positional ppred ( X:m Y:ms operator:T ) -> matrix
        positional lineage ( X:mstfl ) -> string
        either paramserv ( item:mstfl ... ) -> list
        """;

    // Functions that SystemDS writes in DML itself; arguments are checked when one is found.
    private const string ScriptLevel = """
        abstain adasyn als alsCG alsDS alsPredict alsTopkPredict ampute apply_pipeline arima auc autoencoder_2layer autoencoderGeneralized bandit bivar components confusionMatrix correctTypos correctTyposApply
        cooccurrenceMatrix cor corrMatrix cox cspline csplineCG csplineDS cumSumProd cvlm dbscan dbscanApply decisionTree decisionTreePredict deepWalk denialConstraints dedup differenceStatistics discoverFD discoverMD dist dmv ema
        executePipeline f1Score fdr ffPredict ffTrain findCorrelationBetweenColumns fit_pipeline fixInvalidLengths fixInvalidLengthsApply flattenQuantile frequencyEncode frequencyEncodeApply garch gaussianClassifier getAccuracy getPermutations glm glmPredict glove
        gmm gmmPredict gnmf gridSearch hospitalResidencyMatch hyperband img_brightness img_brightness_linearized img_crop img_crop_linearized img_cutout img_cutout_linearized img_invert img_invert_linearized img_mirror img_mirror_linearized
        img_posterize img_posterize_linearized img_rotate img_rotate_linearized img_sample_pairing img_sample_pairing_linearized img_shear img_shear_linearized img_transform img_transform_linearized img_translate img_translate_linearized
        impurityMeasures imputeByFD imputeByFDApply imputeByKNN imputeByMean imputeByMeanApply imputeByMedian imputeByMedianApply imputeByMode imputeByModeApply incSliceLine intersect km kmeans kmeansPredict knn knnGraph knnbf l2svm l2svmPredict lasso
        lenetPredict lenetTrain lm lmCG lmDS lmPredict lmPredictStats logSumExp logisticRegression mae mape matrixProfile mcc mdedup mice miceApply mse msmape msvm msvmPredict multiLogReg multiLogRegPredict na_locf naiveBayes naiveBayesPredict
        normalize normalizeApply nrmse outlier outlierByIQR outlierByIQRApply outlierBySd outlierBySdApply outlierByArima pageRank pca pcaInverse pcaTransform pnmf power ppca psnr quantizeByCluster quantizationError raGroupby raJoin raSelection randomForest randomForestPredict
        randomWalk rmse scale scaleApply scaleMinMax selectByVarThresh setdiff sherlock sherlockPredict shortestPath sigmoid skewness slicefinder sliceLine sliceLineDebug sliceLineExtract slidingTile smape smote softmax split splitBalanced ssim stableMarriage statsNA steplm
        stratstats symmetricDifference tSNE toOneHot tomeklink topk_cleaning underSampling union univar unmakeBatchNorm vectorToCsv winsorize winsorizeApply WoE WoEApply xdummy1 xdummy2 xgboost xgboostPredict xgboostPredictClassification xgboostPredictRegression
        autoDiff cluster_membership getCategoricalMask quantize_compress sqrtMatrix sql federated UnivarStats
        """;

    private static readonly FrozenDictionary<string, BuiltinSignature> Signatures = Read().ToFrozenDictionary(s => s.Name, StringComparer.Ordinal);

    private static readonly FrozenSet<string> OtherNames = ScriptLevel.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every name of a built-in function.</summary>
    public static IEnumerable<string> Names => Signatures.Keys.Concat(OtherNames);

    /// <summary>True for every function of SystemDS.</summary>
    public static bool IsKnown(string name) => Signatures.ContainsKey(name) || OtherNames.Contains(name);

    /// <summary>The signature of a built-in function; null for unknown names and for those without a declared one.</summary>
    public static BuiltinSignature? Find(string name) => Signatures.GetValueOrDefault(name);

    /// <summary>True for functions of SystemDS that are themselves scripts.</summary>
    public static bool IsScriptLevel(string name) => OtherNames.Contains(name);

    private static IEnumerable<BuiltinSignature> Read()
    {
        foreach (string line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int open = line.IndexOf('(', StringComparison.Ordinal);
            int close = line.IndexOf(')', StringComparison.Ordinal);
            string[] head = line[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] items = line[(open + 1)..close].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] results = line[(line.IndexOf("->", close, StringComparison.Ordinal) + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            ArgumentStyle style = head[0] switch { "positional" => ArgumentStyle.Positional, "either" => ArgumentStyle.Either, "named" => ArgumentStyle.Named, _ => ArgumentStyle.Open };
            BuiltinParameter[] parameters = [.. items.Where(i => i != "...").Select(Parameter)];
            foreach (string name in head.Skip(1))
            {
                yield return new BuiltinSignature(name, style, parameters, items.Contains("..."), results);
            }
        }
    }

    private static BuiltinParameter Parameter(string item)
    {
        int colon = item.IndexOf(':', StringComparison.Ordinal);
        return new BuiltinParameter(item[..colon], item[(colon + 1)..].TrimEnd('?'), item.EndsWith('?'));
    }
}
