"""The scoring service as the user's document describes it (seed 004, section 8.3.1): FastAPI, a request model,
a one-row pandas DataFrame, an sklearn pipeline, predict_proba. Arguments: model.json, features.json, port."""
import json
import sys
import time

import pandas as pd
import uvicorn
import xgboost
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
from sklearn.pipeline import Pipeline

MODEL = xgboost.XGBClassifier(n_jobs=1)
MODEL.load_model(sys.argv[1])
MODEL.n_classes_ = 2
PIPELINE = Pipeline([("as_is", "passthrough")])
with open(sys.argv[2]) as f:
    FEATURES = json.load(f)["features"]

app = FastAPI(title="Credit Scoring Service", version="1.0")


class ScoringRequest(BaseModel):
    loan_id: str
    features: dict


class ScoringResponse(BaseModel):
    loan_id: str
    score: float
    risk_level: str
    model_version: str
    reject_reasons: list
    latency_ms: float


@app.post("/score", response_model=ScoringResponse)
async def score(request: ScoringRequest):
    start = time.time()
    try:
        features = request.features
        for name in FEATURES:
            if name not in features:
                features[name] = None
        row = pd.DataFrame([features])[FEATURES].astype("float64")
        prob = float(MODEL.predict_proba(PIPELINE.transform(row))[0][1])
        level = "HIGH" if prob > 0.15 else "MEDIUM" if prob > 0.05 else "LOW"
    except Exception as e:  # as in the document
        raise HTTPException(status_code=500, detail=str(e))
    return ScoringResponse(loan_id=request.loan_id, score=round(prob, 6), risk_level=level,
                           model_version="bench_xgb_v1.0", reject_reasons=[],
                           latency_ms=round((time.time() - start) * 1000, 2))


@app.get("/health")
async def health():
    return {"status": "ok"}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[3]), log_level="error", access_log=False)
